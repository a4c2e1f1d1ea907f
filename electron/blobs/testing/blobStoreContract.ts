import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../base/hash.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';

export interface BlobStoreFixture {
  readonly blobs: BlobStore;
  dispose(): Promise<void>;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const keysUnder = async (blobs: BlobStore, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const key of blobs.list(prefix)) keys.push(key);
  return keys.sort();
};

/** What every adapter of the BlobStore port must do (shared/ports/blobStore.ts). */
export const blobStoreContract = (name: string, makeFixture: () => Promise<BlobStoreFixture>): void => {
  describe(`BlobStore: ${name}`, () => {
    let fixture: BlobStoreFixture;
    beforeEach(async () => {
      fixture = await makeFixture();
    });
    afterEach(() => fixture.dispose());

    it('gives back what was put, and the newest of it', async () => {
      const { blobs } = fixture;
      await blobs.put('data/masks/a.png', bytesOf('one'));
      expect(await blobs.get('data/masks/a.png')).toEqual(bytesOf('one'));
      await blobs.put('data/masks/a.png', bytesOf('second'));
      expect(await blobs.get('data/masks/a.png')).toEqual(bytesOf('second'));
      expect(await blobs.sha256('data/masks/a.png')).toBe(sha256Hex('second'));
      expect(await blobs.has('data/masks/a.png')).toBe(true);
    });

    it('keeps any bytes under any good key', async () => {
      const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => /^[^/\\\0:*?"<>|.\s]/u.test(text) && !/[/\\\0:*?"<>|.\s]/u.test(text) && text.isWellFormed());
      const property = fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.uint8Array({ maxLength: 2000 }), async (segments, bytes) => {
        const key = ['law', ...segments, 'file.bin'].join('/');
        await fixture.blobs.put(key, bytes);
        expect(await fixture.blobs.get(key)).toEqual(bytes);
        expect(fixture.blobs.keyOfPath(fixture.blobs.pathOfKey(key))).toBe(key);
        await fixture.blobs.remove(key);
      });
      await fc.assert(property, { numRuns: 30 });
    });

    it('takes and gives files, small and large', async () => {
      const { blobs } = fixture;
      const folder = await mkdtemp(join(tmpdir(), 'maskdesk-files-'));
      try {
        for (const length of [0, 1000, 12 * 1024 * 1024]) {
          const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255);
          const [from, to] = [join(folder, `${length}.bin`), join(folder, `${length}.back`)];
          await writeFile(from, bytes);
          await blobs.putFile('data/file.bin', from);
          expect(await blobs.sha256('data/file.bin')).toBe(sha256Hex(bytes));
          await blobs.getFile('data/file.bin', to);
          expect(sha256Hex(await readFile(to))).toBe(sha256Hex(bytes));
        }
        const missing = join(folder, 'missing');
        await expect(blobs.putFile('data/other.bin', missing)).rejects.toMatchObject({ code: 'file_unreadable', message: expect.stringContaining(missing) as string });
        expect(await blobs.has('data/other.bin')).toBe(false);
        await expect(blobs.getFile('data/none.bin', missing)).rejects.toMatchObject({ code: 'blob_missing' });
        await expect(blobs.getFile('data/file.bin', join(folder, 'no-folder', 'file'))).rejects.toMatchObject({ code: 'file_unreadable', message: expect.stringContaining('no-folder') as string });
        expect((await readdir(folder)).filter((name) => name === 'missing')).toEqual([]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('says what is missing', async () => {
      const { blobs } = fixture;
      await blobs.put('data/a', bytesOf('a file'));
      for (const key of ['data/none.png', 'none/at/all.png', 'data/a/below-a-file.png']) {
        await expect(blobs.get(key)).rejects.toMatchObject({ code: 'blob_missing' });
        await expect(blobs.sha256(key)).rejects.toMatchObject({ code: 'blob_missing' });
        expect(await blobs.has(key)).toBe(false);
        await blobs.remove(key);
      }
    });

    it('removes a folder that nothing is in, and no other', async () => {
      const { blobs } = fixture;
      await blobs.put('data/of/one/a.png', Uint8Array.of(1));
      await blobs.removeEmptyFolder('data/of/one/');
      expect(await blobs.has('data/of/one/a.png')).toBe(true);
      await blobs.remove('data/of/one/a.png');
      for (const folder of ['data/of/one/', 'data/of/one/', 'data/never/']) await blobs.removeEmptyFolder(folder);
      await blobs.put('data/of/one/a.png', Uint8Array.of(2));
      expect(await blobs.get('data/of/one/a.png')).toEqual(Uint8Array.of(2));
    });

    it('removes', async () => {
      const { blobs } = fixture;
      await blobs.put('data/a.png', bytesOf('a'));
      await blobs.remove('data/a.png');
      await blobs.remove('data/a.png');
      expect(await blobs.has('data/a.png')).toBe(false);
    });

    it('lists keys by prefix, whole names and parts of them', async () => {
      const { blobs } = fixture;
      const keys = ['data/masks/aa.png', 'data/masks/ab.png', 'data/masks/deep/er/b.png', 'data/other.png', 'top.txt'];
      for (const key of keys) await blobs.put(key, bytesOf(key));
      expect(await keysUnder(blobs, 'data/masks/')).toEqual(keys.slice(0, 3));
      expect(await keysUnder(blobs, 'data/masks/a')).toEqual(keys.slice(0, 2));
      expect(await keysUnder(blobs, '')).toEqual(keys);
      expect(await keysUnder(blobs, 'nothing/here/')).toEqual([]);
      const sizes: Record<string, number> = {};
      for await (const { key, sizeBytes } of blobs.listSized('data/')) sizes[key] = sizeBytes;
      expect(sizes).toEqual(Object.fromEntries(keys.slice(0, 4).map((key) => [key, key.length])));
    });

    it.each(['', '/etc/passwd', '../out', 'a/../../out', 'a/..', 'a/./b', 'a//b', 'a/', '.', '..', 'a\\b', 'a\0b'])('refuses the key %j', async (key) => {
      const { blobs } = fixture;
      const refused = { code: 'path_outside_root' };
      await expect(blobs.put(key, bytesOf('x'))).rejects.toMatchObject(refused);
      await expect(blobs.get(key)).rejects.toMatchObject(refused);
      await expect(blobs.putFile(key, import.meta.filename)).rejects.toMatchObject(refused);
      await expect(blobs.getFile(key, join(tmpdir(), 'never-made'))).rejects.toMatchObject(refused);
      await expect(blobs.has(key)).rejects.toMatchObject(refused);
      await expect(blobs.sha256(key)).rejects.toMatchObject(refused);
      await expect(blobs.remove(key)).rejects.toMatchObject(refused);
      expect(() => blobs.pathOfKey(key)).toThrow(expect.objectContaining(refused));
    });

    it.each(['../out.png', 'data/../../out.png', '/etc/passwd', '..', '', '/'])('refuses the path %j of a database', (path) => {
      expect(() => fixture.blobs.keyOfPath(path)).toThrow(expect.objectContaining({ code: 'path_outside_root' }));
    });

    it('shows readers the old bytes or the new ones, never a mix', async () => {
      const { blobs } = fixture;
      const versions = [bytesOf('a'.repeat(300_000)), bytesOf('b'.repeat(200_000))] as const;
      await blobs.put('data/a.png', versions[0]);
      let writing = true;
      const writer = (async () => {
        for (let turn = 1; turn <= 20; turn++) await blobs.put('data/a.png', versions[turn % 2 === 0 ? 0 : 1]);
        writing = false;
      })();
      const good = new Set<string>(versions.map((bytes) => sha256Hex(bytes)));
      const seen = new Set<string>();
      while (writing) seen.add(sha256Hex(await blobs.get('data/a.png')));
      await writer;
      expect([...seen].filter((digest) => !good.has(digest))).toEqual([]);
    });
  });
};
