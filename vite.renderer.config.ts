import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
  worker: { format: 'es' },
  // Its own workers and wasm are found by address at run time; pre-bundling would move them.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
});
