import { existsSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLibrary, renameSymbols } from './elfSymbols.mjs';
import { inRoot } from './folders.mjs';
import { say, withProgress } from './progress.mjs';

/**
 * On Linux, Electron loads the system's GLib (for GTK) into each of its processes, and sharp brings its own inside libvips-cpp under the
 * same names. sharp's few direct calls (g_object_ref, g_object_unref, ...) are then bound to the system's GLib and work on objects of the
 * other one: reference counts fail here, and newer systems crash (sharp issues 4522 and 4525, Electron issue 46323). Neither project has
 * a way out, LD_PRELOAD and RTLD_DEEPBIND crash; so the names that cross between sharp's two files, and those of GLib's data inside
 * libvips-cpp, are renamed in both. Nothing else is changed, and plain Node loads them as before.
 */
const imagesFolder = inRoot('node_modules', '@img');
const isGlibName = (name) => /^_*(g|glib|gobject|gio)_/.test(name);

const onlyFile = (folder, pattern) => {
  if (!existsSync(folder)) return null;
  const name = readdirSync(folder).find((file) => pattern.test(file));
  return name === undefined ? null : join(folder, name);
};

const libraries = () => {
  const binding = onlyFile(join(imagesFolder, `sharp-linux-${process.arch}`, 'lib'), /^sharp-.*\.node$/);
  const libvips = onlyFile(join(imagesFolder, `sharp-libvips-linux-${process.arch}`, 'lib'), /^libvips-cpp\.so/);
  return binding === null || libvips === null ? null : { binding, libvips };
};

/** @param {{binding: Buffer, libvips: Buffer}} files changed in place @returns {Map<string, string>} what is called how now */
export const separate = ({ binding, libvips }) => {
  const asking = readLibrary(binding);
  const giving = readLibrary(libvips);
  const asked = asking.symbols.filter(({ name, isDefined }) => !isDefined && isGlibName(name)).map(({ name }) => name);
  // Data is looked up by name even inside the library; its functions are bound at link time.
  const ownData = giving.symbols.filter(({ index, name, isDefined }) => isDefined && isGlibName(name) && giving.relocated.has(index)).map(({ name }) => name);
  return renameSymbols(giving, asking, new Set([...asked, ...ownData]));
};

/** A new file put in the old one's place: a process that has the old one loaded keeps it. */
const replaceFile = (path, bytes) => {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, bytes, { mode: statSync(path).mode });
  renameSync(temporary, path);
};

const needsIt = () => {
  const found = process.platform === 'linux' ? libraries() : null;
  return found !== null && readLibrary(readFileSync(found.binding)).symbols.some(({ name, isDefined }) => !isDefined && isGlibName(name));
};

export const sharpBesideElectron = {
  name: 'sharp beside Electron',
  isDone: () => !needsIt(),
  /** Does not throw: without it the app runs with the fault that sharp's makers know of. */
  async run() {
    await withProgress("keeping sharp's GLib and Electron's apart", async () => {
      const paths = libraries();
      const files = { binding: readFileSync(paths.binding), libvips: readFileSync(paths.libvips) };
      try {
        separate(files);
      } catch (error) {
        say(`  not done: sharp's binaries are not built as expected (${error.message}); inside Electron on Linux they leak memory and may crash`);
        return;
      }
      replaceFile(paths.libvips, files.libvips);
      replaceFile(paths.binding, files.binding);
    });
  },
};
