import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** The window. Nothing inline (no data: addresses, no inline scripts), so that the content security policy can stay strict. */
export default defineConfig({
  root: 'renderer',
  // Relative, so that the bundle works under the app's own protocol whatever its host part is.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  // ONNX Runtime's wasm and its glue stay files of their own that it loads by address (renderer/workers/promptRuntime.ts): its threads are workers of that glue.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: { format: 'es' },
  // Its own workers and wasm are found by address at run time; pre-bundling would move them.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
});
