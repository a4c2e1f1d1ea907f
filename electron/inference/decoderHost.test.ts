import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { createDecoderHost, type DecoderHost, type DecoderHostOptions } from './decoderHost.ts';
import { childProcessLauncher } from './launchers/childProcess.ts';
import { promptDecoderModel } from './testing/onnxWriter.ts';

const sidePx = 16;
const embeddingBytes = 4 * sidePx * sidePx;
let folder: string;
const hosts: DecoderHost[] = [];

const writeOne = (key: string, side: number, value: number): Promise<void> =>
  // By the encoder's own name, which is none of the decoder's: the shape tells.
  writeFile(join(folder, key), writeEmbedding(key, [{ name: 'output', dims: [1, 1, side, side], data: new Float32Array(side * side).fill(value) }], crc32));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-decoder-'));
  await writeFile(join(folder, 'quick.onnx'), promptDecoderModel(sidePx));
  await writeFile(join(folder, 'slow.onnx'), promptDecoderModel(1200, 8));
  await writeFile(join(folder, 'broken.onnx'), 'this is no model');
  await Promise.all([writeOne('a', sidePx, 1), writeOne('b', sidePx, 2), writeOne('c', sidePx, 3), writeOne('large', 1200, 0)]);
  await writeFile(join(folder, 'torn'), 'MDEMBED1 and then nothing');
});
afterEach(async () => {
  for (const host of hosts.splice(0)) {
    const { pid } = host;
    await host.dispose();
    if (pid !== null) expect(() => process.kill(pid, 0)).toThrow();
  }
});
afterAll(() => rm(folder, { recursive: true }));

const makeHost = (options: Partial<DecoderHostOptions> = {}): DecoderHost => {
  const host = createDecoderHost({ launcher: childProcessLauncher(), threads: 1, executionProviders: [], maxHeldBytes: () => 10 * embeddingBytes, restartDelayMs: 10, ...options });
  hosts.push(host);
  return host;
};
const quick = () => ({ path: join(folder, 'quick.onnx') });
const slow = () => ({ path: join(folder, 'slow.onnx') });
const file = (key: string): string => join(folder, key);
/** `scale` times the embedding is the answer; the labels are the predicted IoU. */
const prompt = (scale: number, labels: readonly number[] = [1, -1]) => [
  { name: 'point_coords', dims: [1, labels.length, 2], data: new Float32Array(2 * labels.length) },
  { name: 'point_labels', dims: [1, labels.length], data: Float32Array.from(labels) },
  // The graph has no such input: it is left out.
  { name: 'mask_input', dims: [1, 1, 256, 256], data: new Float32Array(256 * 256) },
  { name: 'has_mask_input', dims: [1], data: Float32Array.of(scale) },
  { name: 'orig_im_size', dims: [2], data: Float32Array.of(1, 1) },
];
const fetches = ['low_res_masks', 'iou_predictions'];

describe('decoder host', () => {
  it('answers prompts about what is held, each about its own', async () => {
    const host = makeHost();
    expect(await host.hold('a', quick(), file('a'))).toMatchObject({ heldBytes: embeddingBytes, droppedKeys: [] });
    await host.hold('b', quick(), file('b'));
    const [first, second] = await Promise.all([host.decode('a', prompt(3), fetches), host.decode('b', prompt(5, [1, 0, 2, 3]), fetches)]);
    expect(first.outputs.map(({ name, dims }) => [name, dims])).toEqual([['low_res_masks', [1, 1, sidePx, sidePx]], ['iou_predictions', [1, 2]]]);
    expect(new Set(first.outputs[0]?.data)).toEqual(new Set([3]));
    expect(new Set(second.outputs[0]?.data)).toEqual(new Set([10]));
    expect([...(second.outputs[1]?.data ?? [])]).toEqual([1, 0, 2, 3]);
  });

  it('lets go of what was used longest ago when the limit is reached', async () => {
    let maxHeldBytes = 2 * embeddingBytes;
    const host = makeHost({ maxHeldBytes: () => maxHeldBytes });
    await host.hold('a', quick(), file('a'));
    await host.hold('b', quick(), file('b'));
    await host.decode('a', prompt(1), fetches);
    expect((await host.hold('c', quick(), file('c'))).droppedKeys).toEqual(['b']);
    expect(['a', 'b', 'c'].map((key) => host.isHeld(key))).toEqual([true, false, true]);
    await expect(host.decode('b', prompt(1), fetches)).rejects.toMatchObject({ code: 'not_found' });
    maxHeldBytes = 1;
    // The newest stays, however small the limit: somebody is about to use it.
    expect((await host.hold('c', quick(), file('c'))).droppedKeys).toEqual(['a']);
    host.drop('c');
    await expect(host.decode('c', prompt(1), fetches)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('whose process is killed in the middle of a prompt says that nothing is held, and holds again', async () => {
    const notices: string[] = [];
    const host = makeHost({ onNotice: (notice) => notices.push(notice), maxHeldBytes: () => 2 ** 30 });
    await host.hold('large', slow(), file('large'));
    const answer = expect(host.decode('large', prompt(1), fetches)).rejects.toMatchObject({ code: 'not_found' });
    await sleep(100);
    const victim = host.pid as number;
    process.kill(victim, 'SIGKILL');
    await answer;
    expect(host.isHeld('large')).toBe(false);
    await expect(host.decode('large', prompt(1), fetches)).rejects.toMatchObject({ code: 'not_found' });
    await host.hold('a', quick(), file('a'));
    expect(host.pid).not.toBe(victim);
    expect([...(await host.decode('a', prompt(7), fetches)).outputs[0]?.data ?? []][0]).toBe(7);
  });

  it('repeats a hold whose process was killed', async () => {
    const notices: string[] = [];
    const host = makeHost({ onNotice: (notice) => notices.push(notice), maxHeldBytes: () => 2 ** 30 });
    await host.hold('a', quick(), file('a'));
    const held = host.hold('large', slow(), file('large'));
    await sleep(30);
    process.kill(host.pid as number, 'SIGKILL');
    await held;
    expect(notices.join()).toContain('SIGKILL');
    expect([host.isHeld('a'), host.isHeld('large')]).toEqual([false, true]);
  });

  it('says what is wrong with a file, a model, an output', async () => {
    const host = makeHost();
    await expect(host.hold('torn', quick(), file('torn'))).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(host.hold('gone', quick(), file('gone'))).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(host.hold('a', { path: join(folder, 'broken.onnx') }, file('a'))).rejects.toMatchObject({ code: 'model_corrupt' });
    await expect(host.hold('large', quick(), file('large'))).rejects.toMatchObject({ code: 'inference_failed', message: expect.stringContaining('of one model') as string });
    await host.hold('a', quick(), file('a'));
    await expect(host.decode('a', prompt(1), ['nothing'])).rejects.toMatchObject({ code: 'inference_failed', message: expect.stringContaining('low_res_masks') as string });
    await expect(host.decode('a', [], fetches)).rejects.toMatchObject({ code: 'inference_failed' });
    expect(new Set((await host.decode('a', prompt(2), fetches)).outputs[0]?.data)).toEqual(new Set([2]));
  });
});
