import { boxOnPhoto, imageToModelPx, pointOnPhoto, type ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type Prompt } from './prompt.ts';

/** sam: SAM 1 decoders (MobileSAM, EdgeSAM) · sam2: SAM 2 and 2.1, with two high-resolution features beside the embedding. */
export const decoderFamilies = ['sam', 'sam2'] as const;
export type DecoderFamily = (typeof decoderFamilies)[number];

/** A float32 tensor by its name, row-major. */
export interface FloatTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Labels of SAM's prompt encoder beside 0 and 1: a box's corners, and a point that is none. */
const [boxFirstLabel, boxSecondLabel, paddingLabel] = [2, 3, -1] as const;

/** Both families' graphs add half a pixel themselves (segment_anything/utils/onnx.py, `_embed_points`); our places are at pixel centres already. */
const halfPixelOfTheGraph = 0.5;

/** Read only, so that a prompt without a mask allocates nothing. */
const noMask = new Float32Array(logitsSidePx * logitsSidePx);

/** Outputs that a decoder is asked for: the small logits, never the graph's own upsampling of them. */
export const decoderFetches = (family: DecoderFamily): readonly string[] => (family === 'sam' ? ['low_res_masks', 'iou_predictions'] : ['masks', 'iou_predictions']);

/**
 * A prompt as a decoder's inputs, without the embedding: point_coords [1, n, 2] in model px, point_labels [1, n], mask_input [1, 1, 256, 256],
 * has_mask_input [1], and for SAM 1 orig_im_size [2]. Box corners are the last two points with labels 2 and 3; without a box there is a padding point
 * of label -1, as the models were trained (sam/modeling/prompt_encoder.py). The size that SAM 1's graph scales its masks up to is one pixel: the
 * scaling is done here, from the logits, and the graph does its own whether its output is asked for or not.
 */
export const decoderFeeds = (family: DecoderFamily, frame: ModelFrame, { points, box, mask }: Prompt): readonly FloatTensor[] => {
  const count = points.length + (box === null ? 1 : 2);
  const coords = new Float32Array(2 * count);
  const labels = new Float32Array(count);
  let at = 0;
  const add = (xImagePx: number, yImagePx: number, label: number): void => {
    const { x, y } = imageToModelPx(frame, { x: xImagePx, y: yImagePx });
    coords[2 * at] = x - halfPixelOfTheGraph;
    coords[2 * at + 1] = y - halfPixelOfTheGraph;
    labels[at++] = label;
  };
  for (const point of points) {
    const { xImagePx, yImagePx, label } = pointOnPhoto(point, frame);
    add(xImagePx, yImagePx, label);
  }
  if (box === null) labels[at] = paddingLabel;
  else {
    const { x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx } = boxOnPhoto(box, frame);
    add(x0ImagePx, y0ImagePx, boxFirstLabel);
    add(x1ImagePx, y1ImagePx, boxSecondLabel);
  }
  return [
    { name: 'point_coords', dims: [1, count, 2], data: coords },
    { name: 'point_labels', dims: [1, count], data: labels },
    { name: 'mask_input', dims: [1, 1, logitsSidePx, logitsSidePx], data: mask?.logits ?? noMask },
    { name: 'has_mask_input', dims: [1], data: Float32Array.of(mask === null ? 0 : 1) },
    ...(family === 'sam' ? [{ name: 'orig_im_size', dims: [2], data: Float32Array.of(1, 1) }] : []),
  ];
};
