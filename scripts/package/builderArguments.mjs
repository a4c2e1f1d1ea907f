/**
 * What electron-builder is called with. With the official Electron every target of this system is made; with any other (the release
 * host is out of reach, and a repack is never shipped) only the unpacked app, for looking and for the smoke test.
 * @param {import('../bootstrap/electron.mjs').ElectronRuntime} electron @param {{dirOnly: boolean, platform?: string}} options
 */
export const builderArguments = (electron, { dirOnly, platform = process.platform }) => {
  const system = { darwin: '--mac', win32: '--win' }[platform] ?? '--linux';
  const unpackedOnly = dirOnly || electron.origin !== 'official';
  return [
    system,
    ...(unpackedOnly ? ['dir'] : []),
    '--publish=never',
    `--config.electronVersion=${electron.version}`,
    `--config.electronDist=${electron.folder}`,
  ];
};
