import { defineConfig } from 'vite';
import { preloadEntry } from './vite.entries.ts';

/** A sandboxed preload can load one CommonJS file and nothing beside `electron`. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: preloadEntry,
    target: 'chrome140',
    outDir: 'dist/electron',
    // The Node side is in the same folder already.
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false } },
  },
  ssr: { target: 'node', noExternal: true, external: ['electron'] },
});
