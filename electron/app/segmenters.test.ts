import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { cacheFolder } from '../base/folders.ts';
import { createImageCodec, encodeJpeg } from '../imaging/index.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import { childProcessLauncher } from '../inference/launchers/childProcess.ts';
import { createModelStore, type LocalModelStore } from '../inference/modelStore.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { createSegmenter } from '../segmenters/index.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import { appFolder } from './appFolder.ts';

/** The real models on a picture whose true mask is known. Fetches weights into the normal cache where they are missing. */
const widthPx = 800;
const heightPx = 600;
/** A shaded bowl-like shape on a table: an upper half of an ellipse on a smaller foot. */
const inside = (x: number, y: number): boolean => {
  const bowl = ((x - 400) / 210) ** 2 + ((y - 250) / 170) ** 2 <= 1 && y >= 200;
  return bowl || (Math.abs(x - 400) <= 70 && y >= 380 && y <= 470);
};
const truth = Uint8Array.from({ length: widthPx * heightPx }, (_, index) => (inside(index % widthPx, Math.floor(index / widthPx)) ? 255 : 0));

const picture = (): Uint8Array => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < truth.length; index++) {
    const x = index % widthPx;
    const y = Math.floor(index / widthPx);
    // Grain, so that nothing is flatter than a camera makes it.
    const grain = ((x * 7919 + y * 104_729) % 13) - 6;
    const shade = (x - 190) / 420;
    const colour = truth[index] === 255 ? [205 - 120 * shade, 70 - 30 * shade, 45 - 20 * shade] : y > 440 ? [196, 184, 168] : [226 - y / 20, 228 - y / 20, 230 - y / 20];
    colour.forEach((value, channel) => {
      data[3 * index + channel] = Math.max(0, Math.min(255, value + grain));
    });
  }
  return data;
};

const iou = (a: Uint8Array, b: Uint8Array): number => {
  let both = 0;
  let either = 0;
  for (let index = 0; index < a.length; index++) {
    if (a[index] === 255 && b[index] === 255) both++;
    if (a[index] === 255 || b[index] === 255) either++;
  }
  return both / either;
};

let photo: Uint8Array;
let host: InferenceHost;
let modelStore: LocalModelStore;
let folder: string;
const codec = createImageCodec();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-segmenters-'));
  photo = await encodeJpeg({ widthPx, heightPx, data: picture() }, 92);
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
    expect(iou(mask.data, truth)).toBeGreaterThan(0.9);
    expect(run).toMatchObject({ modelId: 'u2netp', threshold: 0.5, executionProvider: 'cpu' });
    expect(run.confidence).toBeGreaterThan(0.5);
    expect(run.confidence).toBeLessThanOrEqual(1);
    expect(new Set(matte).size).toBeGreaterThan(100);
    // The mask is the matte, cut: nothing else may decide.
    mask.data.forEach((byte, index) => byte === ((matte?.[index] ?? 0) >= 128 ? 255 : 0) || expect.unreachable(`pixel ${index}`));
  });

  it('isnet-quint8 finds it with an edge that follows it', async () => {
    const { mask } = await (await segmenter('isnet-quint8')).segment(photo, {});
    expect(iou(mask.data, truth)).toBeGreaterThan(0.95);
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
