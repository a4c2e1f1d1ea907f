import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../app/config.ts';
import { createApp, type App } from '../app/createApp.ts';
import { fillWithDemoPhoto } from '../app/testing/demoPhoto.ts';
import { cacheFolder } from '../base/folders.ts';
import { answerPixelRequest } from '../handlers/pixelRequests.ts';
import { asId, type AssetId, type ModelId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import { areaPx, type Bitmap } from '../../shared/mask/bitmap.ts';
import { boundingBox } from '../../shared/mask/boundingBox.ts';
import { interiorPoint } from '../../shared/mask/interiorPoint.ts';
import { iou } from '../../shared/metrics/iou.ts';
import { readEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { piecesOf } from '../../shared/mask/pieces.ts';
import { logitsToMask } from '../../shared/prompts/logitsToMask.ts';
import { maskPromptOf } from '../../shared/prompts/maskPrompt.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import type { Candidate, MaskPrompt } from '../../shared/prompts/prompt.ts';
import { firstCandidate } from '../../shared/prompts/readCandidates.ts';
import { runCli } from './testing/runCli.ts';

/** The real MobileSAM on a photo of the demo whose true mask is known: through the desk's services, and on the command line. */
const modelId = asId<ModelId>('mobilesam');
const asset = { kind: 'product_image' as const, id: asId<AssetId>('car-blue_studio') };

let folder: string;
let app: App;
let truth: Bitmap;
let photoFile: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-prompt-'));
  // Weights of this person's cache; embeddings in a folder of the test's own.
  const cacheDir = join(folder, 'cache');
  await mkdir(join(cacheFolder(), 'models'), { recursive: true });
  await mkdir(cacheDir);
  await symlink(join(cacheFolder(), 'models'), join(cacheDir, 'models'), 'dir');
  env = { MASKDESK_CACHE: cacheDir, MASKDESK_STORE: join(folder, 'store') };
  app = await createApp({ ...(await loadConfig({ storeDir: join(folder, 'store'), create: true, background: false })), cacheDir });
  await app.services.models.pull(modelId);
  const made = await fillWithDemoPhoto(app, asset, cacheFolder());
  truth = made.truth;
  photoFile = join(folder, 'photo.jpg');
  await writeFile(photoFile, made.photo);
}, 300_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const boxOf = (): readonly [number, number, number, number] => {
  const { xPx, yPx, widthPx, heightPx } = present(boundingBox(truth), 'the truth');
  return [xPx, yPx, xPx + widthPx, yPx + heightPx];
};

describe('a box around a product', () => {
  it('gives its mask through the desk, and the files that a decoder in the window needs', { timeout: 60_000 }, async () => {
    const { prompts, pixels, maskImports } = app.services;
    const embedding = await prompts.prepare({ asset, modelId });
    expect(embedding).toMatchObject({ family: 'sam', fit: 'pad', isHeldNative: true, imageWidthPx: truth.widthPx, imageHeightPx: truth.heightPx });
    const [x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx] = boxOf();
    const { candidates } = await prompts.decode(embedding.key, { points: [], box: { x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx }, mask: null });
    const [candidate] = candidates;
    if (candidate === undefined) throw new Error('no candidate');
    expect(iou(logitsToMask(modelFrame(embedding), candidate), truth)).toBeGreaterThan(0.9);
    const get = (path: string) => answerPixelRequest({ pixels, prompts, maskImports }, { method: 'GET', path, body: null });
    expect(readEmbedding((await get(embedding.embeddingUrl)).body)?.tensors).toMatchObject([{ name: 'image_embeddings', dims: [1, 256, 64, 64] }]);
    expect((await get(embedding.decoderUrl)).body.length).toBe(16_501_766);
    expect((await get(`/px/embedding/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await get('/px/decoder/~isnet-quint8')).status).toBe(404);
    expect(await prompts.models()).toMatchObject([{ modelId }, { modelId: 'sam2-tiny' }]);
  });

  it('gives the same where nothing can be kept on disk: the embedding goes along with the prompt', { timeout: 60_000 }, async () => {
    const { prompts } = app.services;
    const embedding = await prompts.prepare({ asset, modelId });
    const [x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx] = boxOf();
    const prompt = { points: [], box: { x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx }, mask: null };
    const held = await prompts.decode(embedding.key, prompt);
    const noDisk = join(folder, 'noDisk');
    await mkdir(noDisk);
    await symlink(join(cacheFolder(), 'models'), join(noDisk, 'models'), 'dir');
    await writeFile(join(noDisk, 'embeddings'), 'a file in the way');
    const other = await createApp({ ...app.config, cacheDir: noDisk });
    try {
      const loose = await other.services.prompts.prepare({ asset, modelId });
      expect(loose).toMatchObject({ key: embedding.key, isHeldNative: false });
      const sent = await other.services.prompts.decode(loose.key, prompt);
      sent.candidates[0]?.logits.forEach((logit, index) => {
        if (Math.abs(logit - (held.candidates[0]?.logits[index] as number)) > 1e-2) throw new Error(`logit ${index} differs`);
      });
    } finally {
      await other.close();
    }
  });
});

describe('several points', () => {
  it('are answered in the desk\'s chain, to the bit each time, and by the command line alike', { timeout: 60_000 }, async () => {
    const { prompts } = app.services;
    const embedding = await prompts.prepare({ asset, modelId });
    const frame = modelFrame(embedding);
    const inside = present(interiorPoint(truth), 'the truth');
    const points = [
      { xImagePx: inside.x + 0.5, yImagePx: inside.y + 0.5, label: 1 as const },
      { xImagePx: 4.5, yImagePx: 4.5, label: 0 as const },
      { xImagePx: inside.x + 20.5, yImagePx: inside.y + 0.5, label: 1 as const },
    ];
    const first = async (count: number, mask: MaskPrompt | null): Promise<Candidate> => {
      const these = points.slice(0, count);
      const { candidates } = await prompts.decode(embedding.key, { points: these, box: null, mask });
      return present(candidates[firstCandidate(candidates, frame, these)], 'a candidate');
    };
    const byHand = await first(3, maskPromptOf(await first(2, maskPromptOf(await first(1, null), frame)), frame));
    const atOnce = await first(3, null);
    for (let time = 0; time < 2; time++) {
      const { candidates } = await prompts.decode(embedding.key, { points, box: null, mask: null }, { chain: 'points' });
      expect(Buffer.from(present(candidates[firstCandidate(candidates, frame, points)], 'a candidate').logits.buffer).equals(Buffer.from(byHand.logits.buffer))).toBe(true);
    }
    const out = join(folder, 'chained');
    const line = { image: photoFile, points: points.map(({ xImagePx: x, yImagePx: y, label }) => ({ x, y, label })) };
    const { records } = await runCli(['prompt', '--model', modelId, '--out', out, '--clean', '0'], env, `${JSON.stringify(line)}\n${JSON.stringify({ ...line, chain: false })}\n`);
    const written = await Promise.all(records.map(async ({ mask }) => app.codec.decodeMask(await readFile(mask as string))));
    expect(written.map((mask, index) => iou(mask, logitsToMask(frame, index === 0 ? byHand : atOnce)) > 0.999)).toEqual([true, true]);
    expect(iou(logitsToMask(frame, byHand), logitsToMask(frame, atOnce))).toBeLessThan(0.9999);
  });
});

describe('maskdesk prompt', () => {
  it('leaves specks out of its answers, and says what --clean takes', { timeout: 60_000 }, async () => {
    const line = JSON.stringify({ image: photoFile, box: boxOf() });
    const masks = await Promise.all(
      ['0', '16', '1000'].map(async (cells) => {
        const { records } = await runCli(['prompt', '--model', modelId, '--out', join(folder, `clean-${cells}`), '--clean', cells], env, line);
        return app.codec.decodeMask(await readFile(records[0]?.['mask'] as string));
      }),
    );
    const counts = masks.map((mask) => piecesOf(mask)).map(({ islands, holes }) => islands.length + holes.length);
    expect([...counts].sort((a, b) => b - a)).toEqual(counts);
    expect(counts[2]).toBeLessThan(counts[0] as number);
    const { exitCode, stderr } = await runCli(['prompt', '--clean', 'all'], env, line);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('from 0 to 1000')]);
  });

  it('answers each line, goes on after wrong ones, encodes a photo once', { timeout: 60_000 }, async () => {
    const point = interiorPoint(truth);
    const points = [{ x: (point?.x ?? 0) + 0.5, y: (point?.y ?? 0) + 0.5, label: 1 }];
    const out = join(folder, 'out');
    const lines = [
      { id: 'box', image: photoFile, box: boxOf() },
      'no JSON',
      { id: 'nowhere', image: join(folder, 'nowhere.jpg'), points },
      { id: 'nothing', image: photoFile },
      { id: 'box', image: photoFile, points, box: boxOf(), mask: join(out, 'box.png') },
      { id: '../x', image: photoFile, points: [{ x: 10.5, y: 10.5 }] },
      { image: photoFile, points, mask: join(folder, 'small.png') },
      { id: 'far', image: photoFile, points, candidate: 3 },
      { id: 'beside', image: photoFile, points: [{ x: 99999, y: 1 }] },
      { id: 'wide', image: photoFile, box: [-1, 0, truth.widthPx, truth.heightPx] },
      { id: 'two', image: photoFile, points: [{ x: 1, y: 1, label: 2 }] },
    ];
    await writeFile(join(folder, 'small.png'), await app.codec.encodeMask({ widthPx: 2, heightPx: 2, data: new Uint8Array(4) }));
    const input = `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n\n`;
    const { exitCode, records } = await runCli(['prompt', '--model', modelId, '--out', out], env, input);
    expect(exitCode).toBe(1);
    expect(records.map(({ id, error }) => [id, (error as { code?: string } | undefined)?.code ?? 'ok'])).toEqual([
      ['box', 'ok'],
      [2, 'invalid_input'],
      ['nowhere', 'file_unreadable'],
      ['nothing', 'invalid_input'],
      ['box', 'ok'],
      ['../x', 'ok'],
      [7, 'mask_size_mismatch'],
      ['far', 'invalid_input'],
      ['beside', 'invalid_input'],
      ['wide', 'invalid_input'],
      ['two', 'invalid_input'],
    ]);
    const saidOf = (id: string): unknown => (records.find((record) => record.id === id)?.error as { message?: string } | undefined)?.message;
    expect(saidOf('beside')).toBe(`The photo has ${truth.widthPx} x ${truth.heightPx} px: point 1 (99999, 1) lies outside.`);
    expect(saidOf('wide')).toContain('the box (-1, 0,');
    expect(saidOf('two')).toBe('This line is no prompt: points.0.label: 1 to keep what is there, 0 to leave it out.');
    const answers = records.filter(({ error }) => error === undefined);
    expect(answers.map(({ mask }) => mask)).toEqual(['box.png', 'box-2.png', '%2E.%2Fx.png'].map((name) => join(out, name)));
    expect(answers.slice(1).map(({ encode_ms }) => encode_ms)).toEqual([null, null]);
    for (const { mask, predicted_iou, ms } of answers.slice(0, 2)) {
      const written = await app.codec.decodeMask(await readFile(mask as string));
      expect(iou(written, truth)).toBeGreaterThan(0.9);
      expect(areaPx(written)).toBeGreaterThan(0);
      expect(predicted_iou).toBeGreaterThan(0.5);
      expect(ms).toBeGreaterThan(0);
    }
    const linesFile = join(folder, 'lines.jsonl');
    await writeFile(linesFile, JSON.stringify({ image: photoFile, box: boxOf() }));
    const again = await runCli(['prompt', '--model', modelId, '--out', out, '--in', linesFile], env);
    expect(again).toMatchObject({ exitCode: 0, records: [{ id: 1, mask: join(out, '1.png'), encode_ms: null, candidate: 0 }] });
  });

  it('says what a wrong use is, before it reads anything', async () => {
    expect(await runCli(['prompt', '--model', 'nobody'], env, '{}')).toMatchObject({ exitCode: 1, records: [{ error: { code: 'model_unknown' } }] });
    expect(await runCli(['prompt', '--in', join(folder, 'nowhere')], env)).toMatchObject({ exitCode: 1, records: [{ error: { code: 'file_unreadable' } }] });
    await writeFile(join(folder, 'file'), '');
    for (const out of [join(folder, 'file'), join(folder, 'file', 'masks'), '/proc/nope/masks']) {
      const lines = JSON.stringify({ image: photoFile, box: boxOf() });
      expect(await runCli(['prompt', '--model', modelId, '--out', out], env, lines), out).toMatchObject({ exitCode: 1, records: [{ error: { code: 'file_unreadable', message: expect.stringContaining(out) as string } }] });
    }
    expect(await runCli(['prompt', '--model', 'isnet-quint8'], env, '{}')).toMatchObject({ exitCode: 1, records: [{ error: { code: 'model_unknown' } }] });
  });
});
