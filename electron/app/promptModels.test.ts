import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { decoderFeeds, decoderFetches } from '../../shared/prompts/decoderFeeds.ts';
import { writeEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { logitsToMask } from '../../shared/prompts/logitsToMask.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import { bestCandidate, readCandidates } from '../../shared/prompts/readCandidates.ts';
import { cacheFolder } from '../base/folders.ts';
import { createImageCodec } from '../imaging/index.ts';
import { createDecoderHost, type DecoderHost } from '../inference/decoderHost.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import { childProcessLauncher } from '../inference/launchers/childProcess.ts';
import { createModelStore, type LocalModelStore } from '../inference/modelStore.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { createPromptEncoder } from '../segmenters/promptEncoder.ts';
import { appFolder } from './appFolder.ts';
import { bowlPhoto, heightPx, iouOf, truth, widthPx } from './testing/bowlPhoto.ts';

/** The real encoders and decoders, each in its process. Fetches weights into the normal cache where they are missing. */
const codec = createImageCodec();
let photo: Uint8Array;
let folder: string;
let inference: InferenceHost;
let decoding: DecoderHost;
let modelStore: LocalModelStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-prompts-'));
  photo = await bowlPhoto();
  inference = createSessionHost({ launcher: childProcessLauncher(), threads: 2, executionProviders: [] });
  decoding = createDecoderHost({ launcher: childProcessLauncher(), threads: 2, executionProviders: [], maxHeldBytes: () => 2 ** 30 });
  modelStore = createModelStore({ appFolder: appFolder(), cacheFolder: cacheFolder(), dataFolder: folder, defaultModelId: asId<ModelId>('isnet-quint8') });
}, 30_000);
afterAll(async () => {
  await decoding.dispose();
  await inference.dispose();
  await rm(folder, { recursive: true });
});

describe('real prompt models', { timeout: 240_000 }, () => {
  it.each(['mobilesam', 'sam2-tiny'])('%s finds the object by one click, in the decoding process as in a bare run', async (id) => {
    const modelId = asId<ModelId>(id);
    await modelStore.pull(modelId);
    const { decoder: { family }, encoder: { input } } = await modelStore.prompt(modelId);
    const encoder = createPromptEncoder(await modelStore.prompt(modelId), { host: inference, modelStore, codec });
    const { tensors } = await encoder.encode(photo, { widthPx, heightPx }, { orientation: 'exif', priority: 'now', signal: undefined });
    const file = join(folder, id);
    await writeFile(file, writeEmbedding(id, tensors, crc32));
    const decoder = { path: (await modelStore.pathsOf(modelId)).decoder };
    await decoding.hold(id, decoder, file);

    const frame = modelFrame({ fit: input.fit, sidePx: input.sidePx, imageWidthPx: widthPx, imageHeightPx: heightPx });
    const feeds = decoderFeeds(family, frame, { points: [{ xImagePx: 400, yImagePx: 300, label: 1 }], box: null, mask: null });
    const fetches = decoderFetches(family);
    // Without the mask that is none, as windows send it.
    const { outputs } = await decoding.decode(id, feeds.filter(({ name }) => name !== 'mask_input').map(({ name, dims, data }) => ({ name, dims: [...dims], data })), fetches);
    const candidates = readCandidates(family, outputs);
    const found = candidates.map((candidate) => iouOf(logitsToMask(frame, candidate).data, truth));
    expect(Math.max(...found), `predicted ${candidates.map(({ predictedIou }) => predictedIou.toFixed(2)).join(', ')}`).toBeGreaterThan(0.85);
    expect(candidates[bestCandidate(candidates)]?.predictedIou).toBeGreaterThan(0.5);

    const all = [...tensors, ...feeds].map(({ name, dims, data }) => ({ name, tensor: { type: 'float32' as const, dims, data } }));
    const bare = await inference.run({ model: decoder, feeds: all, fetches });
    expect(outputs.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(Buffer.from((bare.outputs[outputs.findIndex((output) => output.data === data)]?.data as Float32Array).buffer)))).toEqual([true, true]);
  });
});
