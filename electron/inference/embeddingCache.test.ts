import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sha256 } from '../../shared/domain/ids.ts';
import type { EmbeddingCache } from '../../shared/ports/embeddingCache.ts';
import { readEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { sha256Hex } from '../base/hash.ts';
import { createEmbeddingCache } from './embeddingCache.ts';

let folder: string;
let troubles: string[];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'maskdesk-embeddings-')), 'embeddings');
  troubles = [];
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const cacheOf = (limitBytes = 1e9): EmbeddingCache => createEmbeddingCache({ folder, limitBytes: () => limitBytes, onTrouble: ({ code }) => troubles.push(code) });
const key = (name: string): Sha256 => sha256Hex(name);
const tensors = (value: number, count = 1000) => [{ name: 'image_embed', dims: [1, count], data: new Float32Array(count).fill(value) }];

describe('embeddings on disk', () => {
  it('come back as they were, also in another instance', async () => {
    const path = await cacheOf().put(key('a'), tensors(7));
    expect(await cacheOf().find(key('a'))).toBe(path);
    const read = readEmbedding((await cacheOf().read(key('a'))) as Uint8Array);
    expect(read?.tensors).toEqual(tensors(7));
    expect(await cacheOf().find(key('b'))).toBeNull();
    expect(await cacheOf().read(key('b'))).toBeNull();
  });

  it('are gone when a byte changed, when they were cut, and when they lie under another name', async () => {
    for (const damage of [(bytes: Uint8Array) => bytes.fill(bytes[3000] as number ^ 1, 3000, 3001), (bytes: Uint8Array) => bytes.subarray(0, 3999), () => new Uint8Array()]) {
      const path = (await cacheOf().put(key('a'), tensors(7))) as string;
      await writeFile(path, damage(new Uint8Array(await readFile(path))));
      expect(await cacheOf().find(key('a'))).toBeNull();
      expect(await readdir(folder)).toEqual([]);
    }
    const path = (await cacheOf().put(key('a'), tensors(7))) as string;
    await writeFile(join(folder, key('b')), await readFile(path));
    expect(await cacheOf().find(key('b'))).toBeNull();
  });

  it('that this process has read are trusted until they are replaced', async () => {
    const cache = cacheOf();
    const path = (await cache.put(key('a'), tensors(7))) as string;
    expect(await cache.find(key('a'))).toBe(path);
    await rm(path);
    await writeFile(path, 'rubbish');
    expect(await cache.find(key('a'))).toBeNull();
  });

  it('leave in the order of their last use, whoever used them', async () => {
    const sizeBytes = (await stat((await cacheOf().put(key('0'), tensors(0))) as string)).size;
    const cache = cacheOf(3.5 * sizeBytes);
    for (const name of ['1', '2']) await cache.put(key(name), tensors(0));
    const past = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    for (const [name, minutes] of [['0', 30], ['1', 20], ['2', 10]] as const) await utimes(join(folder, key(name)), past(minutes), past(minutes));
    expect(await cacheOf().find(key('0'))).not.toBeNull();
    await cache.put(key('3'), tensors(0));
    expect(await cache.find(key('1'))).toBeNull();
    for (const name of ['0', '2', '3']) expect(await cache.find(key(name))).not.toBeNull();
  });

  it('keep the newest at a limit that none fits in', async () => {
    const cache = cacheOf(10);
    await cache.put(key('a'), tensors(1));
    await cache.put(key('b'), tensors(2));
    expect(await readdir(folder)).toEqual([key('b')]);
  });

  it('are put by two instances at once without harm', async () => {
    const caches = [cacheOf(12_000), cacheOf(12_000)];
    await Promise.all(Array.from({ length: 24 }, (_, index) => (caches[index % 2] as EmbeddingCache).put(key(`${index % 5}`), tensors(index % 5))));
    for (let index = 0; index < 5; index++) {
      const bytes = await cacheOf().read(key(`${index}`));
      if (bytes !== null) expect(readEmbedding(bytes)?.tensors).toEqual(tensors(index));
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('are done without where nothing can be written, which is said once', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file in the way');
    const cache = cacheOf();
    expect(await cache.put(key('a'), tensors(1))).toBeNull();
    expect(await cache.put(key('b'), tensors(1))).toBeNull();
    expect(await cache.find(key('a'))).toBeNull();
    expect(troubles).toHaveLength(1);
    await rm(folder);
    expect(await cache.put(key('a'), tensors(1))).not.toBeNull();
    await rm(folder, { recursive: true });
    await writeFile(folder, 'again');
    expect(await cache.put(key('a'), tensors(1))).toBeNull();
    expect(troubles).toHaveLength(2);
  });
});
