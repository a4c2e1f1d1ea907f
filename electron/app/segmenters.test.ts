import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { cacheFolder } from '../base/folders.ts';
import { createImageCodec } from '../imaging/index.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import { childProcessLauncher } from '../inference/launchers/childProcess.ts';
import { createModelStore, type LocalModelStore } from '../inference/modelStore.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { createSegmenter } from '../segmenters/index.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import { appFolder } from './appFolder.ts';
import { bowlPhoto, heightPx, iouOf, truth, widthPx } from './testing/bowlPhoto.ts';

/** The real models on a picture whose true mask is known. Fetches weights into the normal cache where they are missing. */
let photo: Uint8Array;
let host: InferenceHost;
let modelStore: LocalModelStore;
let folder: string;
const codec = createImageCodec();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-segmenters-'));
  photo = await bowlPhoto();
  host = createSessionHost({ launcher: childProcessLauncher(), threads: 2, executionProviders: [] });
  modelStore = createModelStore({ appFolder: appFolder(), cacheFolder: cacheFolder(), dataFolder: folder, defaultModelId: asId<ModelId>('isnet-quint8') });
}, 30_000);
afterAll(async () => {
  await host.dispose();
  await rm(folder, { recursive: true });
});

const segmenter = async (id: string): Promise<Segmenter> => {
  const modelId = asId<ModelId>(id);
  await modelStore.pull(modelId);
  return createSegmenter(await modelStore.foreground(modelId), { host, modelStore, codec });
};

describe('real models', { timeout: 240_000 }, () => {
  it('u2netp finds the object, with its matte and a certainty', async () => {
    const { mask, matte, run } = await (await segmenter('u2netp')).segment(photo, { wantMatte: true });
    expect([mask.widthPx, mask.heightPx, mask.data.length]).toEqual([widthPx, heightPx, truth.length]);
    expect(iouOf(mask.data, truth)).toBeGreaterThan(0.9);
    expect(run).toMatchObject({ modelId: 'u2netp', threshold: 0.5, executionProvider: 'cpu' });
    expect(run.confidence).toBeGreaterThan(0.5);
    expect(run.confidence).toBeLessThanOrEqual(1);
    expect(new Set(matte).size).toBeGreaterThan(100);
    // The mask is the matte, cut: nothing else may decide.
    mask.data.forEach((byte, index) => byte === ((matte?.[index] ?? 0) >= 128 ? 255 : 0) || expect.unreachable(`pixel ${index}`));
  });

  it('isnet-quint8 finds it with an edge that follows it', async () => {
    const { mask } = await (await segmenter('isnet-quint8')).segment(photo, {});
    expect(iouOf(mask.data, truth)).toBeGreaterThan(0.95);
  });

  it('a higher threshold takes less', async () => {
    const u2netp = await segmenter('u2netp');
    const low = await u2netp.segment(photo, { threshold: 0.1 });
    const high = await u2netp.segment(photo, { threshold: 0.9 });
    expect(high.mask.data.every((byte, index) => byte <= (low.mask.data[index] as number))).toBe(true);
    expect(high.run.threshold).toBe(0.9);
    expect(high.mask.data).not.toEqual(low.mask.data);
  });
});
