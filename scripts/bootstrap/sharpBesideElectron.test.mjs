import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gnuHash, readLibrary, renameSymbols } from './elfSymbols.mjs';
import { inRoot } from './folders.mjs';

/** The loader's way from a name to a symbol (glibc, do_lookup_x): bloom filter, bucket, chain. @returns the symbol's index, or -1 */
const lookUp = ({ bytes, hashOffset, symbols }, name) => {
  const [bucketCount, firstSymbol, bloomWords, bloomShift] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(hashOffset + at));
  const bloomAt = hashOffset + 16;
  const bucketsAt = bloomAt + bloomWords * 8;
  const hash = gnuHash(name);
  const word = bytes.readBigUInt64LE(bloomAt + (Math.floor(hash / 64) % bloomWords) * 8);
  if ((word & (1n << BigInt(hash % 64))) === 0n || (word & (1n << BigInt((hash >>> bloomShift) % 64))) === 0n) return -1;
  let index = bytes.readUInt32LE(bucketsAt + (hash % bucketCount) * 4);
  if (index === 0) return -1;
  for (; ; index++) {
    const chained = bytes.readUInt32LE(bucketsAt + bucketCount * 4 + (index - firstSymbol) * 4);
    if ((chained | 1) === (hash | 1) && symbols[index].name === name) return index;
    if (chained & 1) return -1;
  }
};

const folderOf = (name) => inRoot('node_modules', '@img', `${name}-linux-${process.arch}`);
const fileIn = (folder, pattern) => join(folder, readdirSync(folder).find((name) => pattern.test(name)));
const bindingIn = (folder) => fileIn(join(folder, `sharp-linux-${process.arch}`, 'lib'), /\.node$/);
const libvipsIn = (folder) => fileIn(join(folder, `sharp-libvips-linux-${process.arch}`, 'lib'), /^libvips-cpp\.so/);

it('hashes as the loader does', () => {
  // Values from the definition of DT_GNU_HASH.
  expect(gnuHash('')).toBe(5381);
  expect(gnuHash('printf')).toBe(0x156b2bb8);
  expect(gnuHash('syscall')).toBe(0xbac212a0);
});

describe.skipIf(process.platform !== 'linux')('names in the binaries of sharp', () => {
  it('are moved in both files, so that the loader and sharp work as before', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maskdesk-sharp-'));
    try {
      for (const name of ['sharp', 'sharp-libvips']) cpSync(folderOf(name), join(folder, `${name}-linux-${process.arch}`), { recursive: true });
      const binding = readFileSync(bindingIn(folder));
      const libvips = readFileSync(libvipsIn(folder));
      const names = new Set(['vips_cache_set_max', 'vips_concurrency_get', 'vips_error_buffer']);
      const renamed = renameSymbols(readLibrary(libvips), readLibrary(binding), names);
      expect([...renamed.keys()].sort()).toEqual([...names].sort());

      const giving = readLibrary(libvips);
      for (const symbol of giving.symbols.filter(({ isDefined, name }) => isDefined && name !== '')) expect(giving.symbols[lookUp(giving, symbol.name)]?.name).toBe(symbol.name);
      for (const name of names) expect(lookUp(giving, name)).toBe(-1);
      const asking = readLibrary(binding);
      expect(asking.symbols.some(({ name, isDefined }) => !isDefined && names.has(name))).toBe(false);

      writeFileSync(bindingIn(folder), binding);
      writeFileSync(libvipsIn(folder), libvips);
      // A process of its own: a library is loaded once a process.
      const output = execFileSync(process.execPath, ['-p', `const sharp = require(${JSON.stringify(bindingIn(folder))}); sharp.concurrency(2) + ' ' + typeof sharp.libvipsVersion().semver`], { encoding: 'utf8' });
      expect(output.trim()).toBe('2 string');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that no bucket fits are refused, not broken', () => {
    const libvips = readFileSync(libvipsIn(inRoot('node_modules', '@img')));
    const noTails = { ...readLibrary(Buffer.from(libvips)), symbols: readLibrary(libvips).symbols.filter(({ name }) => name === 'vips_version') };
    expect(() => renameSymbols(noTails, { ...noTails, symbols: [] }, new Set(['vips_version']))).toThrow('no name for vips_version');
  });
});
