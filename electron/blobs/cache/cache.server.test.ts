import { mkdtemp, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { S3Server } from '../../../e2e/services/servers/s3.ts';
import { sha256Hex } from '../../base/hash.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import { openBlobs } from '../index.ts';
import { blobStoreContract } from '../testing/blobStoreContract.ts';
import { optionsFor, startTestS3 } from '../testing/testS3.ts';

let server: S3Server;
let folder: string;
beforeAll(async () => {
  server = await startTestS3();
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (changes: { prefix?: string; folder?: string; limitBytes?: number; onTrouble?: (trouble: ExpectedError) => void } = {}): Promise<BlobStore> => {
  const { prefix, ...cache } = changes;
  return openBlobs({ kind: 's3', ...optionsFor(server, prefix === undefined ? {} : { prefix }), cache: { folder, limitBytes: 1_000_000, ...cache } });
};

blobStoreContract('s3 with a cache', async () => ({ blobs: await open(), dispose: async () => undefined }));

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const maskOf = (text: string): { key: string; bytes: Uint8Array } => ({ key: maskBlobKey(sha256Hex(text)), bytes: bytesOf(text) });
const entries = async (): Promise<string[]> => {
  const paths = (await readdir(folder, { recursive: true })).map((name) => join(folder, name));
  return (await Promise.all(paths.map(async (path) => ((await stat(path)).isFile() ? [path] : [])))).flat().sort();
};
const getsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  const before = (await server.requests())['GET'] ?? 0;
  await work();
  return ((await server.requests())['GET'] ?? 0) - before;
};

describe('a cache in front of an object store', () => {
  it('asks once for what is named by its content, also for two at once and the next process', async () => {
    const blobs = await open({ prefix: 'one' });
    const { key, bytes } = maskOf('a mask');
    await (await openBlobs({ kind: 's3', ...optionsFor(server, { prefix: 'one' }) })).put(key, bytes);
    expect(await getsDuring(async () => expect(await Promise.all([blobs.get(key), blobs.get(key)])).toEqual([bytes, bytes]))).toBe(1);
    const nextProcess = await open({ prefix: 'one' });
    expect(await getsDuring(async () => expect(await nextProcess.get(key)).toEqual(bytes))).toBe(0);
    const own = maskOf('put here');
    await blobs.put(own.key, own.bytes);
    expect(await getsDuring(async () => expect(await blobs.get(own.key)).toEqual(own.bytes))).toBe(0);
    // Another place's files are others, whatever their names.
    await expect((await open({ prefix: 'two' })).get(key)).rejects.toMatchObject({ code: 'blob_missing' });
    // Who verifies asks the server.
    expect(await getsDuring(() => blobs.sha256(key))).toBe(1);
    await blobs.remove(key);
    await expect(blobs.get(key)).rejects.toMatchObject({ code: 'blob_missing' });
  });

  it('never gives a stable mask that another has replaced', async () => {
    const [blobs, another] = [await open({ prefix: 'shared' }), await openBlobs({ kind: 's3', ...optionsFor(server, { prefix: 'shared' }) })];
    for (const text of ['one', 'two', 'three', 'one']) {
      await another.put('data/masks/a.png', bytesOf(text));
      expect(await blobs.get('data/masks/a.png')).toEqual(bytesOf(text));
      expect(await blobs.get('data/masks/a.png')).toEqual(bytesOf(text));
    }
    await another.remove('data/masks/a.png');
    await expect(blobs.get('data/masks/a.png')).rejects.toMatchObject({ code: 'blob_missing' });
  });

  it('gives nothing that is cut, damaged or empty, and mends it', async () => {
    const blobs = await open({ prefix: 'damage' });
    const { key, bytes } = maskOf('m'.repeat(5000));
    await blobs.put(key, bytes);
    await blobs.put('data/photo.jpg', bytes);
    await blobs.get('data/photo.jpg');
    const damages: ((path: string) => Promise<void>)[] = [
      (path) => truncate(path, 100),
      (path) => truncate(path, 0),
      (path) => truncate(path, 5),
      (path) => writeFile(path, 'something else'),
      async (path) => {
        const file = await readFile(path);
        file[file.length - 7] = (file[file.length - 7] ?? 0) ^ 1;
        await writeFile(path, file);
      },
    ];
    for (const damage of damages) {
      expect(await entries()).toHaveLength(2);
      for (const path of await entries()) await damage(path);
      expect(await blobs.get(key)).toEqual(bytes);
      expect(await blobs.get('data/photo.jpg')).toEqual(bytes);
    }
  });

  it('keeps what was used last within its limit, shared by all who use the folder', async () => {
    const blobs = await open({ prefix: 'limit', limitBytes: 100_000 });
    const masks = Array.from({ length: 12 }, (_, index) => maskOf(String(index).padStart(10_000, '-')));
    for (const [index, { key, bytes }] of masks.entries()) {
      await blobs.put(key, bytes);
      if (index !== 5) continue;
      // As if all before were long ago, and the first had just been looked at by another process.
      for (const path of await entries()) await utimes(path, new Date(2020, 0), new Date(2020, 0));
      await (await open({ prefix: 'limit' })).get(masks[0]?.key ?? '');
    }
    const sizes = await Promise.all((await entries()).map(async (path) => (await stat(path)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100_000);
    expect(sizes.length).toBeGreaterThanOrEqual(8);
    expect(await getsDuring(() => blobs.get(masks[0]?.key ?? ''))).toBe(0);
    expect(await getsDuring(() => blobs.get(masks[11]?.key ?? ''))).toBe(0);
    expect(await getsDuring(() => Promise.all(masks.slice(1, 6).map(({ key }) => blobs.get(key))))).toBeGreaterThanOrEqual(2);
    // What would drive everything else out is not kept.
    const large = maskOf('x'.repeat(90_000));
    await blobs.put(large.key, large.bytes);
    expect(await getsDuring(() => blobs.get(large.key))).toBe(1);
  });

  it('works without room for it, and says so once', async () => {
    const file = join(folder, 'in-the-way');
    await writeFile(file, '');
    const told: ExpectedError[] = [];
    const blobs = await open({ folder: join(file, 'cache'), onTrouble: (trouble) => told.push(trouble) });
    const { key, bytes } = maskOf('kept nowhere');
    await blobs.put(key, bytes);
    await blobs.put('data/photo.jpg', bytes);
    for (let turn = 0; turn < 3; turn++) {
      expect(await blobs.get(key)).toEqual(bytes);
      expect(await blobs.get('data/photo.jpg')).toEqual(bytes);
    }
    expect(told.map(({ code }) => code)).toEqual(['file_unreadable']);
  });
});
