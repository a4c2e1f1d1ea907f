import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { promptDecoderModel, redChannelModel } from '../inference/testing/onnxWriter.ts';
import type { UserPromptModel } from '../inference/userPromptModel.ts';
import { addPromptModel } from './addPromptModel.ts';
import { createModels } from './createModels.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-add-'));
  await writeFile(join(folder, 'Tiny Encoder.onnx'), redChannelModel(1024));
  await writeFile(join(folder, 'decoder.onnx'), promptDecoderModel(1024));
});
afterEach(() => rm(folder, { recursive: true }));

const config = () => ({ cacheDir: join(folder, 'cache'), dataDir: join(folder, 'data'), defaultModelId: asId<ModelId>('x'), threads: 1 });
const add = (model: Partial<UserPromptModel>) => {
  const licences: string[] = [];
  const named = { encoder: { where: join(folder, 'Tiny Encoder.onnx') }, decoder: { where: join(folder, 'decoder.onnx') }, ...model };
  const added = addPromptModel(config(), { family: 'edgesam', ...named }, {
    onDescribed: ({ licence }) => licences.push(licence.weights),
    pull: ({ id }) => createModels(config()).pull(id),
  });
  return { added, licences };
};

it('takes an encoder and a decoder that fit each other, under the licence that is said', async () => {
  const { added, licences } = add({});
  expect(await added).toMatchObject({ modelId: 'tiny-encoder', task: 'prompt', state: 'ready' });
  expect(licences).toEqual(['S-Lab-1.0']);
  const descriptor = await createModels(config()).prompt(asId<ModelId>('tiny-encoder'));
  expect(descriptor).toMatchObject({ encoder: { input: { fit: 'pad', sidePx: 1024 } }, decoder: { family: 'sam' } });
  // Weights that are there already are not touched by somebody who takes their id.
  await expect(add({ family: 'sam2' }).added).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await createModels(config()).verify(asId<ModelId>('tiny-encoder'))).state).toBe('ready');
});

it('keeps nothing of files that are something else', async () => {
  const swapped = { encoder: { where: join(folder, 'decoder.onnx') }, decoder: { where: join(folder, 'Tiny Encoder.onnx') }, id: 'odd' };
  await expect(add(swapped).added).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('no encoder') as string });
  await expect(add({ family: 'sam2.1', id: 'odd' }).added).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('3 tensors') as string });
  await writeFile(join(folder, 'text.onnx'), 'no model');
  await expect(add({ decoder: { where: join(folder, 'text.onnx') }, id: 'odd' }).added).rejects.toMatchObject({ code: 'model_corrupt' });
  expect([existsSync(join(folder, 'data', 'models', 'odd.json')), existsSync(join(folder, 'cache', 'models', 'odd'))]).toEqual([false, false]);
});
