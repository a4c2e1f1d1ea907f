import { expect, test } from 'vitest';
import { layerFault } from './layers.mjs';

const format = 'electron/formats/maskPng.ts';

test('a format reads and writes nothing by itself; its tests may', () => {
  for (const name of ['fs', 'fs/promises', 'child_process', 'net', 'http', 'https', 'worker_threads']) {
    expect(layerFault(format, `node:${name}`), name).toContain('electron/formats may not use Node');
    expect(layerFault('electron/formats/maskPng.test.ts', `node:${name}`), name).toBeNull();
    expect(layerFault('electron/formats/testing/tryFormat.ts', `node:${name}`), name).toBeNull();
  }
  expect(layerFault(format, '../base/atomicFile.ts')).toContain('may not import electron/base/atomicFile.ts');
  expect(layerFault(format, '../exchange/index.ts')).toContain('may not import');
  expect(layerFault(format, 'yauzl')).toContain('electron/exchange alone');
  expect(layerFault(format, './paths.ts')).toBeNull();
  expect(layerFault(format, '../../shared/mask/bitmap.ts')).toBeNull();
  expect(layerFault('electron/cli/commands/export.ts', '../../services/services.ts')).toContain('may not import electron/services/services.ts');
});
