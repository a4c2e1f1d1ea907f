import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** Fuses as electron-builder.yml wants them; the names are those of @electron/fuses' FuseV1Options. */
const wantedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
};

/** Reads the fuses back from the binary. @returns {Promise<{lines: string[], faults: string[]}>} */
export const checkFuses = async (executable) => {
  const wire = await getCurrentFuseWire(executable);
  const lines = [];
  const faults = [];
  for (const [name, wanted] of Object.entries(wantedFuses)) {
    const state = wire[FuseV1Options[name]];
    const found = state === FuseState.ENABLE;
    lines.push(`${name}: ${state === FuseState.ENABLE ? 'on' : state === FuseState.DISABLE ? 'off' : 'not in this Electron'}`);
    if (state !== undefined && state !== FuseState.INHERIT && found !== wanted) faults.push(`the fuse ${name} is ${found ? 'on' : 'off'}`);
  }
  return { lines, faults };
};

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const sizeBytesOf = (folder) => filesUnder(folder).reduce((sum, path) => sum + statSync(path).size, 0);

const systems = ['linux', 'linuxmusl', 'darwin', 'win32', 'freebsd', 'webcontainers', 'wasm32'];

/** @param {readonly string[]} paths in the package, with `/` @returns {string[]} binaries that this machine could not load */
export const foreignBinaries = (paths, platform = process.platform, arch = process.arch) =>
  paths.filter((path) => {
    if (!/\.(node|dll|dylib|so(\.[\d.]+)?|wasm)$/.test(path)) return false;
    // Said in the path by one of: bin/napi-v6/<system>/<arch>/, prebuilds/<system>-<arch>.node, @img/sharp-[libvips-]<system>-<arch>/
    const found = /(?:\/bin\/napi-v\d+\/(\w+)\/(\w+)\/)|(?:\/prebuilds\/(\w+)-(\w+)\.node$)|(?:\/@img\/sharp-(?:libvips-)?(\w+)-(\w+)\/)/.exec(path);
    if (found === null) return false;
    const [system, processor] = found.slice(1).filter(Boolean);
    if (!systems.includes(system)) return false;
    return (system !== platform && !(platform === 'linux' && system === 'linuxmusl' && path.includes('better-sqlite3'))) || processor !== arch;
  });

/** The packages with binaries and what they load at run time; all else is bundled into dist/. */
const allowedPackages = /^(better-sqlite3|sharp|onnxruntime-node|onnxruntime-common|detect-libc|semver|@img\/(colour|sharp(-libvips)?-\w+-\w+))$/;
const allowedTopLevel = ['dist', 'models', 'node_modules', 'package.json', 'resources'];
const neededBinaries = [/better-sqlite3\/prebuilds\/.*\.node$/, /onnxruntime-node\/bin\/.*onnxruntime_binding\.node$/, /@img\/sharp-.*\.node$/];

/** Looks at what is inside. @param {{folder: string, resources: string}} app @returns {{lines: string[], faults: string[]}} */
export const checkContents = (app) => {
  const archive = join(app.resources, 'app.asar');
  const inside = listPackage(archive, { isPack: false }).map((path) => path.split(sep).join('/'));
  const unpacked = filesUnder(`${archive}.unpacked`).map((path) => `/${relative(`${archive}.unpacked`, path).split(sep).join('/')}`);
  const packagesInside = [...new Set(inside.map((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/@][^/]*)\//.exec(path)?.[1]).filter((name) => name !== undefined))];
  const topLevel = [...new Set(inside.map((path) => path.split('/')[1]))];
  const faults = [
    ...topLevel.filter((name) => !allowedTopLevel.includes(name)).map((name) => `${name} is inside, but nothing needs it at run time`),
    ...packagesInside.filter((name) => !allowedPackages.test(name)).map((name) => `the package ${name} is inside, but nothing needs it at run time`),
    ...foreignBinaries([...inside, ...unpacked]).map((path) => `a binary of another system is inside: ${path}`),
    ...neededBinaries.filter((pattern) => !unpacked.some((path) => pattern.test(path))).map((pattern) => `no unpacked file matches ${pattern}`),
    ...['/package.json', '/dist/electron/main.js', '/dist/electron/preload.cjs', '/dist/renderer/index.html', '/models/isnet-quint8.json', '/resources/demo/recipe.json', '/resources/registry.json']
      .filter((path) => !inside.includes(path))
      .map((path) => `${path} is not in app.asar`),
  ];
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
  return {
    lines: [
      `size: ${megabytes(sizeBytesOf(app.folder))} unpacked, of it app.asar ${megabytes(statSync(archive).size)} and binaries beside it ${megabytes(sizeBytesOf(`${archive}.unpacked`))}`,
      `packages inside: ${packagesInside.sort().join(', ')}`,
    ],
    faults,
  };
};
