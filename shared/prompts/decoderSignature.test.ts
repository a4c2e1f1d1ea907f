import { describe, expect, it } from 'vitest';
import { decoderFeeds, decoderFetches } from './decoderFeeds.ts';
import { fitEmbedding, fitFetches, fitPrompt, plainDims, type DecoderSignature, type TensorSlot } from './decoderSignature.ts';
import { modelFrame } from './modelFrame.ts';

const slot = (name: string, shape: readonly (number | string)[], type = 'float32'): TensorSlot => ({ name, shape, type });
const embedding = [{ name: 'output', dims: [1, 256, 64, 64], data: new Float32Array(256 * 64 * 64) }];
const frame = modelFrame({ fit: 'stretch', sidePx: 1024, imageWidthPx: 2048, imageHeightPx: 1024 });
const feeds = decoderFeeds('sam', frame, { points: [{ xImagePx: 1024, yImagePx: 512, label: 1 }], box: null, mask: null });

/** As the exports of these projects have them. */
const mobileSam: DecoderSignature = {
  inputs: [slot('image_embeddings', [1, 256, 64, 64]), slot('point_coords', [1, 'n', 2]), slot('point_labels', [1, 'n']), slot('mask_input', [1, 1, 256, 256]), slot('has_mask_input', [1]), slot('orig_im_size', [2])],
  outputs: [slot('masks', []), slot('iou_predictions', []), slot('low_res_masks', [])],
};
const edgeSam: DecoderSignature = {
  inputs: [slot('image_embeddings', [1, 256, 64, 64]), slot('point_coords', [1, 'n', 2]), slot('point_labels', [1, 'n'])],
  outputs: [slot('scores', [1, 4]), slot('masks', [1, 4, 256, 256])],
};
const efficientSam: DecoderSignature = {
  inputs: [slot('image_embeddings', ['batch', 256, 64, 64]), slot('batched_point_coords', ['batch', 'queries', 'points', 2]), slot('batched_point_labels', ['batch', 'queries', 'points']), slot('orig_im_size', [2], 'int64')],
  outputs: [slot('output_masks', []), slot('iou_predictions', []), slot('low_res_masks', [])],
};
const sam2: DecoderSignature = {
  inputs: [slot('image_embed', [1, 256, 64, 64]), slot('high_res_feats_0', [1, 32, 256, 256]), slot('high_res_feats_1', [1, 64, 128, 128]), slot('point_coords', ['l', 'n', 2]), slot('point_labels', ['l', 'n']), slot('mask_input', ['l', 1, 256, 256]), slot('has_mask_input', ['l']), slot('orig_im_size', [2], 'int32')],
  outputs: [slot('masks', []), slot('iou_predictions', [])],
};

describe('an embedding', () => {
  it('goes to the inputs of its names, else of its shapes, uncopied', () => {
    expect(fitEmbedding(mobileSam, embedding)).toMatchObject([{ name: 'image_embeddings', type: 'float32', dims: [1, 256, 64, 64] }]);
    expect(fitEmbedding(mobileSam, embedding)[0]?.data === embedding[0]?.data).toBe(true);
    const [fine, finer] = [new Float32Array(64 * 128 * 128), new Float32Array(32 * 256 * 256)];
    const three = [{ name: 'a', dims: [1, 64, 128, 128], data: fine }, { name: 'image_embed', dims: [1, 256, 64, 64], data: new Float32Array(256 * 64 * 64) }, { name: 'b', dims: [1, 32, 256, 256], data: finer }];
    const fitted = Object.fromEntries(fitEmbedding(sam2, three).map(({ name, data }) => [name, data]));
    expect(Object.keys(fitted)).toEqual(['image_embed', 'high_res_feats_0', 'high_res_feats_1']);
    expect([fitted['high_res_feats_0'] === finer, fitted['high_res_feats_1'] === fine]).toEqual([true, true]);
  });

  it('of another model is refused with what was expected', () => {
    expect(() => fitEmbedding(sam2, embedding)).toThrow(/high_res_feats_0 \[1, 32, 256, 256\]/);
  });
});

describe('a prompt', () => {
  const dimsOf = (signature: DecoderSignature) => fitPrompt(signature, feeds, embedding).map(({ name, type, dims }) => [name, type, dims]);

  it('leaves out what the decoder does not take', () => {
    expect(dimsOf(edgeSam)).toEqual([
      ['point_coords', 'float32', [1, 2, 2]],
      ['point_labels', 'float32', [1, 2]],
    ]);
  });

  it('has the types, ranks and units that the decoder takes', () => {
    expect(dimsOf(efficientSam)).toEqual([
      ['batched_point_coords', 'float32', [1, 1, 2, 2]],
      ['batched_point_labels', 'float32', [1, 1, 2]],
      ['orig_im_size', 'int64', [2]],
    ]);
    const [coords, , size] = fitPrompt(efficientSam, feeds, embedding);
    // The middle of the photo, half a pixel of the square before it; the padding point stays where a point is none.
    expect([...(coords?.data as Float32Array)].map((value) => value * 1024)).toEqual([511.5, 511.5, 0, 0]);
    expect(size?.data).toEqual(BigInt64Array.of(1n, 1n));
    // Its only masks are of the size that is asked for.
    expect(fitPrompt(sam2, feeds, embedding).find(({ name }) => name === 'orig_im_size')?.data).toEqual(Int32Array.of(256, 256));
  });

  it('without a mask gets an empty one', () => {
    const bare = feeds.filter(({ name }) => name !== 'mask_input');
    const mask = fitPrompt(mobileSam, bare, embedding).find(({ name }) => name === 'mask_input');
    expect([mask?.dims, mask?.data.length]).toEqual([[1, 1, 256, 256], 65536]);
    expect(() => fitPrompt(mobileSam, bare.slice(1), embedding)).toThrow(/point_coords/);
  });
});

describe('outputs', () => {
  it('are found by what exports call them', () => {
    const names = ([signature, family]: readonly [DecoderSignature, 'sam' | 'sam2']) => fitFetches(signature, decoderFetches(family));
    expect(([[mobileSam, 'sam'], [edgeSam, 'sam'], [efficientSam, 'sam'], [sam2, 'sam2']] as const).map(names)).toEqual([
      ['low_res_masks', 'iou_predictions'],
      ['masks', 'scores'],
      ['low_res_masks', 'iou_predictions'],
      ['masks', 'iou_predictions'],
    ]);
    expect(() => fitFetches(edgeSam, ['embedding'])).toThrow(/no output embedding/);
  });

  it('lose the axis of the only query', () => {
    expect(plainDims('low_res_masks', [1, 1, 3, 256, 256])).toEqual([1, 3, 256, 256]);
    expect(plainDims('iou_predictions', [1, 1, 3])).toEqual([1, 3]);
    expect(plainDims('masks', [1, 4, 256, 256])).toEqual([1, 4, 256, 256]);
  });
});
