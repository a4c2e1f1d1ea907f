import { ExpectedError } from '../errors/errors.ts';
import type { FloatTensor } from './decoderFeeds.ts';

/** An input or output as a loaded session describes it (inputMetadata of onnxruntime-node and -web); names stand for sizes that vary. */
export interface TensorSlot {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** What a decoder takes and gives. Exports of one family differ in it; it is read from the file, so that a new export needs no code. */
export interface DecoderSignature {
  readonly inputs: readonly TensorSlot[];
  readonly outputs: readonly TensorSlot[];
}

/** A tensor in the type that the session wants. */
export interface SlotTensor {
  readonly name: string;
  readonly type: 'float32' | 'float16' | 'int32' | 'int64';
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array;
}

/** Our names (decoderFeeds.ts: those of Segment Anything's own export) and what other exports call the same. */
const inputNames: Readonly<Record<string, readonly string[]>> = {
  point_coords: ['point_coords', 'batched_point_coords', 'input_points', 'coords'],
  point_labels: ['point_labels', 'batched_point_labels', 'input_labels', 'labels'],
  mask_input: ['mask_input', 'mask_inputs'],
  has_mask_input: ['has_mask_input', 'has_mask_inputs'],
  orig_im_size: ['orig_im_size', 'orig_img_size', 'original_size'],
};
/** Outputs at the logits' own size, whatever size the masks are wanted in. */
const smallOutputs = ['low_res_masks', 'low_res_logits', 'pred_masks'];
const outputNames: Readonly<Record<string, readonly string[]>> = {
  low_res_masks: [...smallOutputs, 'masks', 'output_masks'],
  masks: [...smallOutputs, 'masks', 'output_masks'],
  iou_predictions: ['iou_predictions', 'iou_scores', 'scores', 'iou_pred', 'ious'],
};
const promptInputs = new Set(Object.values(inputNames).flat());

/** Whether an input of a decoder is about the prompt, and not the embedding. */
export const isPromptInput = (name: string): boolean => promptInputs.has(name);

const shapeOf = ({ name, shape }: TensorSlot): string => `${name} [${shape.join(', ')}]`;
const unfit = (message: string, signature: DecoderSignature): ExpectedError =>
  new ExpectedError('inference_failed', `${message} Its inputs are ${signature.inputs.map(shapeOf).join(', ')}; its outputs ${signature.outputs.map(shapeOf).join(', ')}.`);

const slotType = (slot: TensorSlot): SlotTensor['type'] => (slot.type === 'int64' || slot.type === 'int32' || slot.type === 'float16' ? slot.type : 'float32');

const inType = (type: SlotTensor['type'], data: Float32Array): SlotTensor['data'] => {
  if (type === 'int64') return BigInt64Array.from(data, (value) => BigInt(Math.round(value)));
  return type === 'int32' ? Int32Array.from(data, Math.round) : data;
};

const accepts = ({ shape }: TensorSlot, dims: readonly number[]): boolean =>
  shape.length === dims.length && shape.every((size, axis) => typeof size === 'string' || size === dims[axis]);

/**
 * The embedding's tensors as inputs of the decoder: by name, else by shape among the inputs that are no part of a prompt (MobileSAM's encoder calls
 * `output` what its decoder calls `image_embeddings`). The values are not copied. Tensors that the decoder does not take are left out.
 * @throws ExpectedError inference_failed where an input of the decoder stays without a tensor
 */
export const fitEmbedding = (signature: DecoderSignature, tensors: readonly FloatTensor[]): readonly SlotTensor[] => {
  const wanted = signature.inputs.filter(({ name }) => !promptInputs.has(name));
  const left = new Set(tensors);
  const fitted = new Map<string, FloatTensor>();
  for (const slot of wanted) {
    const named = tensors.find(({ name }) => name === slot.name);
    if (named === undefined) continue;
    fitted.set(slot.name, named);
    left.delete(named);
  }
  for (const slot of wanted) {
    if (fitted.has(slot.name)) continue;
    const alike = [...left].find(({ dims }) => accepts(slot, dims));
    if (alike === undefined) throw unfit(`The encoder gives nothing that fits the decoder's ${shapeOf(slot)}: are they of one model?`, signature);
    fitted.set(slot.name, alike);
    left.delete(alike);
  }
  return wanted.map((slot) => {
    const { dims, data } = fitted.get(slot.name) as FloatTensor;
    return { name: slot.name, type: slotType(slot), dims, data: inType(slotType(slot), data) };
  });
};

const noMaskDims = [1, 1, 256, 256];
/** Read only. */
const noMask = new Float32Array(256 * 256);

/** The side of the model's square: the embedding is a 16th of it in every model of the family. */
const sideOf = (embedding: readonly { readonly dims: readonly number[] }[]): number => 16 * Math.min(...embedding.map(({ dims }) => dims.at(-1) ?? 64));

/**
 * A prompt (decoderFeeds.ts) as inputs of the decoder. What it has no input for is left out, as EdgeSAM's takes no mask; a prompt without a mask may come
 * without mask_input. EfficientSAM's has one more axis
 * for the queries and scales points by the picture's size itself: they go to it in a square of that size. The size asked for is 1 pixel, so that scaling the
 * masks up costs nothing, or, where the decoder gives no others, that of the logits.
 * @param embedding the embedding's tensors, for the square's side
 * @throws ExpectedError inference_failed where an input of a prompt is missing
 */
export const fitPrompt = (signature: DecoderSignature, feeds: readonly FloatTensor[], embedding: readonly { readonly dims: readonly number[] }[]): readonly SlotTensor[] => {
  const isBatched = signature.inputs.some(({ name, shape }) => name === 'batched_point_coords' || (name === 'input_points' && shape.length === 4));
  const wantedPx = signature.outputs.some(({ name }) => smallOutputs.includes(name)) ? 1 : 256;
  const isScaledInside = signature.inputs.some(({ name }) => name === 'batched_point_coords');
  return signature.inputs
    .filter(({ name }) => promptInputs.has(name))
    .map((slot): SlotTensor => {
      const feed = feeds.find(({ name }) => name === slot.name) ?? feeds.find(({ name }) => inputNames[name]?.includes(slot.name) === true);
      const ours = feed?.name ?? Object.keys(inputNames).find((name) => inputNames[name]?.includes(slot.name) === true);
      const type = slotType(slot);
      if (ours === 'orig_im_size') return { name: slot.name, type, dims: [2], data: inType(type, Float32Array.of(wantedPx, wantedPx)) };
      // A prompt without a mask need not bring 256 KB of nothing: sent between processes they cost more than half a millisecond.
      if (ours === 'mask_input' && feed === undefined) return { name: slot.name, type, dims: noMaskDims, data: type === 'float32' ? noMask : inType(type, noMask) };
      if (feed === undefined) throw unfit(`The decoder wants ${shapeOf(slot)}, which no prompt has.`, signature);
      const isPoints = ours === 'point_coords' || ours === 'point_labels';
      const dims = isPoints && isBatched ? [1, ...feed.dims] : feed.dims;
      const side = sideOf(embedding);
      // Below 0 it takes a point for none: what lies in the first half pixel counts as on the border.
      const data = ours === 'point_coords' && isScaledInside ? feed.data.map((value) => (Math.max(0, value) * wantedPx) / side) : feed.data;
      return { name: slot.name, type, dims, data: inType(type, data) };
    });
};

/**
 * What the decoder calls the outputs that are asked for.
 * @returns in the order of `fetches`
 * @throws ExpectedError inference_failed where it has none of that kind
 */
export const fitFetches = (signature: DecoderSignature, fetches: readonly string[]): readonly string[] =>
  fetches.map((fetch) => {
    const names = outputNames[fetch] ?? [fetch];
    const found = names.find((name) => signature.outputs.some((output) => output.name === name));
    if (found === undefined) throw unfit(`The decoder has no output ${fetch}.`, signature);
    return found;
  });

/**
 * Drops the axes of one query that some exports add, so that answers have [1, candidates, 256, 256] and [1, candidates] everywhere.
 * @param fetch the name that was asked for
 */
export const plainDims = (fetch: string, dims: readonly number[]): readonly number[] => {
  const rank = fetch === 'iou_predictions' ? 2 : 4;
  const extra = dims.length - rank;
  return extra > 0 && dims.slice(0, extra).every((size) => size === 1) ? dims.slice(extra) : dims;
};
