/** Programs of the Node side by the name of their bundle in dist/electron. */
export const nodeEntries = {
  main: 'electron/main/main.ts',
  core: 'electron/main/coreProcess.ts',
  inference: 'electron/inference/process/main.ts',
  checks: 'electron/services/checks/thread/main.ts',
  cli: 'electron/cli/main.ts',
};

export const preloadEntry = 'electron/preload/preload.ts';

/** Packages with binaries: never bundled, found in node_modules at run time. All other packages are bundled. */
export const nativePackages = ['better-sqlite3', 'onnxruntime-node', 'sharp'];
