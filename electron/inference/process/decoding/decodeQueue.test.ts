import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DecoderResponse } from '../../../../shared/contracts/decoding/messages.ts';
import { writeEmbedding } from '../../../../shared/prompts/embeddingFile.ts';
import { promptDecoderModel } from '../../testing/onnxWriter.ts';
import { serveInference, type InferenceServer } from '../serve.ts';

const sidePx = 16;
let folder: string;
let server: InferenceServer;
const tellCore: { kind: string }[] = [];

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-queue-'));
  await writeFile(join(folder, 'decoder.onnx'), promptDecoderModel(sidePx));
  await writeFile(join(folder, 'a'), writeEmbedding('a', [{ name: 'image_embeddings', dims: [1, 1, sidePx, sidePx], data: new Float32Array(sidePx ** 2).fill(1) }], crc32));
  server = serveInference((response) => tellCore.push(response));
  const session = { modelPath: join(folder, 'decoder.onnx'), executionProviders: ['cpu'], threads: 1 };
  server.receive({ kind: 'hold', jobId: 1, key: 'a', session, file: join(folder, 'a'), maxHeldBytes: 1e6 });
  await until(() => tellCore.some(({ kind }) => kind === 'held'));
});
afterAll(() => rm(folder, { recursive: true }));

type Answer = Exclude<DecoderResponse, { kind: 'connected' }>;

interface Window {
  readonly isGreeted: () => boolean;
  readonly answers: Answer[];
  ask(requestId: number, lane?: number | null, key?: string): void;
  readonly send: (message: unknown) => void;
  readonly gone: () => void;
}
const openWindow = (): Window => {
  const answers: Answer[] = [];
  let isGreeted = false;
  const client = server.connect({
    post: (response) => {
      if (response.kind === 'connected') isGreeted = true;
      else answers.push(response);
    },
  });
  const receive = (message: unknown): void => client.receive(message);
  const feeds = (scale: number) => [
    { name: 'point_coords', dims: [1, 1, 2], data: new Float32Array(2) },
    { name: 'point_labels', dims: [1, 1], data: Float32Array.of(1) },
    { name: 'has_mask_input', dims: [1], data: Float32Array.of(scale) },
  ];
  return {
    isGreeted: () => isGreeted,
    answers,
    gone: () => client.gone(),
    send: receive,
    ask: (requestId, lane = null, key = 'a') => receive({ kind: 'decode', requestId, key, lane, feeds: feeds(requestId), fetches: ['low_res_masks'] }),
  };
};
let first: Window;
let second: Window;
beforeEach(() => {
  first = openWindow();
  second = openWindow();
});
const kinds = ({ answers }: Window): Record<number, string> => Object.fromEntries(answers.map((answer) => [answer.requestId, answer.kind === 'failed' ? answer.reason : `${answer.kind} ${answer.kind === 'first' ? answer.logits[0] : answer.outputs[0]?.data[0]}`]));

it('greets a window before it asks', () => {
  expect(openWindow().isGreeted()).toBe(true);
});

it('answers the newest of a lane, each window for itself', async () => {
  for (const requestId of [1, 2, 3]) first.ask(requestId, 7);
  first.ask(4, 8);
  first.ask(5);
  second.ask(6, 7);
  await until(() => first.answers.length === 5 && second.answers.length === 1);
  expect(kinds(first)).toEqual({ 1: 'cancelled', 2: 'cancelled', 3: 'decoded 3', 4: 'decoded 4', 5: 'decoded 5' });
  expect(kinds(second)).toEqual({ 6: 'decoded 6' });
});

it('withdraws what waits, and nothing of a window that has gone is computed', async () => {
  first.ask(1);
  first.ask(2);
  first.send({ kind: 'cancel', requestId: 2 });
  second.ask(3);
  second.gone();
  first.ask(4);
  await until(() => first.answers.length === 3);
  expect(kinds(first)).toEqual({ 1: 'decoded 1', 2: 'cancelled', 4: 'decoded 4' });
  expect(second.answers).toEqual([]);
});

it('says what is not held and what is no request, and goes on', async () => {
  first.ask(1, null, 'something else');
  first.send({ kind: 'decode', requestId: 2, key: 'a', lane: null, feeds: [{ name: 'point_coords', dims: [1, 4, 2], data: new Float32Array(2) }], fetches: ['low_res_masks'] });
  first.send('nonsense');
  first.send(null);
  first.ask(3);
  await until(() => first.answers.length === 3);
  expect(kinds(first)).toEqual({ 1: 'not_held', 2: 'run_failed', 3: 'decoded 3' });
});
