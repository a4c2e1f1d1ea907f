import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { nodeEntries, nativePackages } from './vite.entries.ts';

const entries = Object.fromEntries(Object.entries(nodeEntries).filter(([, source]) => existsSync(resolve(import.meta.dirname, source))));

/**
 * The Node side: main, core, inference and the command line in one build, so that they share their chunks. Entries and chunks lie
 * flat in one folder, two levels below the app's root like the sources (electron/<layer>/x.ts): `new URL('./inference.js',
 * import.meta.url)` and `new URL('../../models/', import.meta.url)` then mean the same in every file, bundled or not.
 */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/electron',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: entries,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
  ssr: { target: 'node', noExternal: true, external: ['electron', ...nativePackages] },
});
