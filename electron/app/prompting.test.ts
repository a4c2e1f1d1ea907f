import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId, type AssetId, type ModelId } from '../../shared/domain/ids.ts';
import { sameBitmap } from '../../shared/mask/bitmap.ts';
import { iou } from '../../shared/metrics/iou.ts';
import { readEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { logitsToMask } from '../../shared/prompts/logitsToMask.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import { createLogger } from '../base/logger.ts';
import type { Embeddings } from '../services/prompts/embeddings.ts';
import { Prefetcher } from '../services/prompts/prefetcher.ts';
import { askForRed, createPromptRig, embeddingBytes, modelId, photo, redPart, type PromptRig } from './testing/promptRig.ts';

let rig: PromptRig;
let embeddings: Embeddings;
beforeEach(async () => {
  rig = await createPromptRig({ embeddingCacheBytes: 1e9, decoderMemoryBytes: 10.5 * embeddingBytes });
  embeddings = rig.open();
});
afterEach(() => rig.dispose());

const cacheFile = (key: string): string => join(rig.cacheDir, 'embeddings', key);

/** What the model answers about a prepared photo, at the photo's size. */
const answerOf = async (service: Embeddings, prepared: Awaited<ReturnType<Embeddings['prepare']>>) => {
  const { candidates } = await service.decode(prepared.key, askForRed);
  const [candidate] = candidates;
  if (candidate === undefined) throw new Error('no candidate');
  return logitsToMask(modelFrame(prepared), candidate);
};

describe('a photo that is prepared', () => {
  it('is encoded once: at the same moment, again, and after a restart', async () => {
    const bytes = await photo();
    const told: string[] = [];
    const [first, second] = await Promise.all([embeddings.prepare(bytes, modelId, { onProgress: ({ kind }) => told.push(kind) }), embeddings.prepare(bytes, modelId)]);
    expect(told).toEqual(['loading', 'encoding']);
    expect(first).toMatchObject({ isHeldNative: true, wasCached: false, imageWidthPx: 128, imageHeightPx: 96, family: 'sam', fit: 'stretch' });
    // One run of the encoder, whose time both are told.
    expect(second.encodeMs).toBe(first.encodeMs);
    const again: string[] = [];
    expect(await embeddings.prepare(bytes, modelId, { onProgress: ({ kind }) => again.push(kind) })).toMatchObject({ key: first.key, wasCached: true, encodeMs: null });
    expect(again).toEqual(['loading']);
    expect(await rig.open().prepare(bytes, modelId)).toMatchObject({ key: first.key, wasCached: true });
    expect((await embeddings.prepare(await photo(1), modelId)).key).not.toBe(first.key);
    expect(await readdir(join(rig.cacheDir, 'embeddings'))).toHaveLength(2);
  });

  it('is answered about at its own size, without a shift', async () => {
    const prepared = await embeddings.prepare(await photo(), modelId);
    expect(iou(await answerOf(embeddings, prepared), redPart)).toBeGreaterThan(0.97);
    expect(readEmbedding(await embeddings.bytes(prepared.key))?.tensors).toMatchObject([{ name: 'image_embeddings', dims: [1, 1, 256, 256] }]);
  });

  it('is encoded again when its file was damaged, and held again when the decoding process died', async () => {
    const bytes = await photo();
    const { key } = await embeddings.prepare(bytes, modelId);
    await writeFile(cacheFile(key), 'damaged');
    const prepared = await embeddings.prepare(bytes, modelId);
    expect(prepared.wasCached).toBe(false);
    const before = await answerOf(embeddings, prepared);
    process.kill(rig.decoderHost.pid as number, 'SIGKILL');
    expect(sameBitmap(await answerOf(embeddings, prepared), before)).toBe(true);
    // Neither held nor kept: whoever asks is told what to do.
    rig.decoderHost.drop(key);
    await rm(cacheFile(key));
    await expect(embeddings.decode(key, askForRed)).rejects.toMatchObject({ code: 'not_found' });
    await expect(embeddings.bytes(key)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that nobody waits for any more is given up; who still waits gets it', async () => {
    const bytes = await photo();
    const [gone, stays] = [new AbortController(), new AbortController()];
    const first = embeddings.prepare(bytes, modelId, { signal: gone.signal, onProgress: ({ kind }) => kind === 'encoding' && gone.abort() });
    const second = embeddings.prepare(bytes, modelId, { signal: stays.signal });
    await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await second).toMatchObject({ isHeldNative: true });
    const alone = new AbortController();
    const third = embeddings.prepare(await photo(1), modelId, { signal: alone.signal, onProgress: ({ kind }) => kind === 'encoding' && alone.abort() });
    await expect(third).rejects.toMatchObject({ kind: 'cancelled' });
    expect(embeddings.isWaitedFor).toBe(false);
    expect(await embeddings.prepare(await photo(1), modelId)).toMatchObject({ isHeldNative: true });
  });

  it('says what is missing, in words that help', async () => {
    await expect(embeddings.prepare(await photo(), asId<ModelId>('nobody'))).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(embeddings.prepare(Uint8Array.of(1, 2, 3), modelId)).rejects.toMatchObject({ kind: 'expected' });
    const { key } = await embeddings.prepare(await photo(), modelId);
    await expect(embeddings.decode(key, { points: [], box: null, mask: null })).rejects.toMatchObject({ code: 'invalid_input' });
    await rig.models.remove(modelId);
    await expect(embeddings.prepare(await photo(2), modelId)).rejects.toMatchObject({ code: 'model_missing', message: expect.stringContaining('models pull red-prompt') as string });
  });

  it('is kept in memory where the disk takes nothing, which is said once', async () => {
    await writeFile(join(rig.cacheDir, 'embeddings'), 'a file in the way');
    const prepared = await embeddings.prepare(await photo(), modelId);
    expect(prepared).toMatchObject({ isHeldNative: false, wasCached: false });
    expect(await embeddings.prepare(await photo(), modelId)).toMatchObject({ wasCached: true });
    for (let number = 1; number < 15; number++) await embeddings.prepare(await photo(number), modelId);
    expect(embeddings.heldBytes).toBe(10 * embeddingBytes);
    expect(rig.troubles).toHaveLength(1);
    const last = await embeddings.prepare(await photo(14), modelId);
    expect(readEmbedding(await embeddings.bytes(last.key))?.header.key).toBe(last.key);
  });
});

describe('photos prepared ahead', () => {
  const refs = Array.from({ length: 50 }, (_, index): AssetRef => ({ kind: 'product_image', id: asId<AssetId>(`${index}`) }));
  const wishes = (from: number, count: number) => refs.slice(from, from + count).map((asset) => ({ asset, modelId }));
  let isIdle = true;
  const keys = new Map<string, string>();
  const tried: string[] = [];

  const makePrefetcher = (): Prefetcher =>
    new Prefetcher({
      prepare: async ({ asset }, options) => {
        tried.push(asset.id);
        keys.set(asset.id, (await embeddings.prepare(await photo(Number(asset.id)), modelId, { ...options, priority: 'idle' })).key);
      },
      isIdle: async () => isIdle,
      heldAhead: () => 5,
      lookEveryMs: 1,
      logger: createLogger('test', 'silent'),
    });
  beforeEach(() => {
    isIdle = true;
    keys.clear();
    tried.length = 0;
  });

  it('are all on disk, and no more of them in memory than is allowed', async () => {
    const prefetcher = makePrefetcher();
    prefetcher.replace(wishes(0, 50));
    await prefetcher.settled();
    expect(prefetcher.status()).toEqual({ wanted: 50, ready: 50, failed: 0 });
    expect(await readdir(join(rig.cacheDir, 'embeddings'))).toHaveLength(50);
    const heldNow = (): boolean[] => refs.map(({ id }) => rig.decoderHost.isHeld(keys.get(id) as string));
    // Those that come next are held, the rest is on disk alone; this process keeps none.
    expect(heldNow().map((isHeld, index) => (isHeld ? index : -1)).filter((index) => index >= 0)).toEqual([0, 1, 2, 3, 4]);
    expect(embeddings.heldBytes).toBe(0);
    // Whatever a person then opens, the decoding process holds within its limit.
    for (const { id } of refs.slice(10, 40)) await embeddings.prepare(await photo(Number(id)), modelId);
    expect(heldNow().filter(Boolean)).toHaveLength(10);
    await prefetcher.dispose();
  });

  it('wait while the machine is wanted, and follow the newest list', async () => {
    isIdle = false;
    const prefetcher = makePrefetcher();
    prefetcher.replace(wishes(0, 3));
    await embeddings.prepare(await photo(40), modelId);
    expect(prefetcher.status()).toEqual({ wanted: 3, ready: 0, failed: 0 });
    prefetcher.replace(wishes(2, 2));
    isIdle = true;
    await prefetcher.settled();
    expect([...keys.keys()]).toEqual(['2', '3']);
    expect(prefetcher.replace(wishes(3, 1))).toEqual({ wanted: 1, ready: 1, failed: 0 });
    prefetcher.replace([]);
    await prefetcher.dispose();
    expect(prefetcher.replace(wishes(0, 1)).ready).toBe(0);
  });

  it('are passed over when they fail, all of them when the weights are missing', async () => {
    await rig.models.remove(modelId);
    const prefetcher = makePrefetcher();
    prefetcher.replace(wishes(0, 4));
    await prefetcher.settled();
    expect(prefetcher.status()).toEqual({ wanted: 4, ready: 0, failed: 4 });
    expect(tried).toEqual(['0']);
    await prefetcher.dispose();
  });
});

