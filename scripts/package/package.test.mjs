import { describe, expect, it } from 'vitest';
import { builderArguments } from './builderArguments.mjs';
import { foreignBinaries } from './checkPackage.mjs';

describe('foreignBinaries', () => {
  const own = [
    '/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    '/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    '/node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node',
    '/node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64-0.35.5.node',
    '/node_modules/@img/sharp-libvips-linux-x64/lib/libvips-cpp.so.8.18.3',
    '/node_modules/@img/colour/index.cjs',
    '/dist/renderer/assets/ort-wasm.wasm',
  ];
  const foreign = [
    '/node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node',
    '/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/DirectML.dll',
    '/node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
    '/node_modules/@img/sharp-linuxmusl-x64/lib/sharp.node',
    '/node_modules/@img/sharp-libvips-darwin-x64/lib/libvips-cpp.dylib',
  ];
  it('tells them from our own', () => expect(foreignBinaries([...own, ...foreign], 'linux', 'x64')).toEqual(foreign));
});

describe('builderArguments', () => {
  const electron = { folder: '/e', executable: '/e/electron', version: '45.4.1' };
  it('makes every target with the official Electron alone', () => {
    expect(builderArguments({ ...electron, origin: 'official' }, { dirOnly: false, platform: 'linux' })).not.toContain('dir');
    expect(builderArguments({ ...electron, origin: 'repack' }, { dirOnly: false, platform: 'linux' })).toContain('dir');
    expect(builderArguments({ ...electron, origin: 'official' }, { dirOnly: true, platform: 'darwin' }).slice(0, 2)).toEqual(['--mac', 'dir']);
  });
});
