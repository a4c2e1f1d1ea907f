import type { PromptBox, PromptPoint } from './prompt.ts';
import { logitsSidePx } from './prompt.ts';

/** stretch: the photo fills the model's square, its aspect is lost · pad: its longest side fits, what is left is to the right and below. */
export const fits = ['stretch', 'pad'] as const;
export type Fit = (typeof fits)[number];

/** What a model's square is made of. A prepared embedding is one. */
export interface FrameSource {
  readonly fit: Fit;
  /** Of the model's square input. */
  readonly sidePx: number;
  /** Of the upright photo; at least 1. */
  readonly imageWidthPx: number;
  readonly imageHeightPx: number;
}

/** How the upright photo lies in the model's square. All three spaces are continuous: the first pixel's middle is 0.5 in each. */
export interface ModelFrame extends FrameSource {
  /** The photo's part of the square, from its top left corner; whole pixels. */
  readonly validWidthModelPx: number;
  readonly validHeightModelPx: number;
  /** Model px an image px. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Pixels of the 256 x 256 logits an image px. */
  readonly logitsScaleX: number;
  readonly logitsScaleY: number;
}

/**
 * With `pad` the photo's sides are rounded to whole pixels as SAM's ResizeLongestSide does (segment_anything/utils/transforms.py); the scales
 * say what was really done, so that a place goes to the model and back to itself.
 * @throws RangeError a side below 1
 */
export const modelFrame = ({ fit, sidePx, imageWidthPx, imageHeightPx }: FrameSource): ModelFrame => {
  if (!(imageWidthPx >= 1 && imageHeightPx >= 1 && sidePx >= 1)) throw new RangeError(`no frame for a photo of ${imageWidthPx} x ${imageHeightPx}`);
  const scale = sidePx / Math.max(imageWidthPx, imageHeightPx);
  const sideOf = (imagePx: number): number => (fit === 'stretch' ? sidePx : Math.max(1, Math.floor(imagePx * scale + 0.5)));
  const [validWidthModelPx, validHeightModelPx] = [sideOf(imageWidthPx), sideOf(imageHeightPx)];
  const [scaleX, scaleY] = [validWidthModelPx / imageWidthPx, validHeightModelPx / imageHeightPx];
  const logitsScale = logitsSidePx / sidePx;
  return { fit, sidePx, imageWidthPx, imageHeightPx, validWidthModelPx, validHeightModelPx, scaleX, scaleY, logitsScaleX: scaleX * logitsScale, logitsScaleY: scaleY * logitsScale };
};

export interface Place {
  readonly x: number;
  readonly y: number;
}

export const imageToModelPx = ({ scaleX, scaleY }: ModelFrame, imagePx: Place): Place => ({ x: imagePx.x * scaleX, y: imagePx.y * scaleY });
export const modelToImagePx = ({ scaleX, scaleY }: ModelFrame, modelPx: Place): Place => ({ x: modelPx.x / scaleX, y: modelPx.y / scaleY });

const clamp = (value: number, highest: number): number => Math.min(Math.max(value, 0), highest);

/** A point on the photo: what was dragged beyond its border counts as on the border. */
export const pointOnPhoto = (point: PromptPoint, { imageWidthPx, imageHeightPx }: FrameSource): PromptPoint => ({
  ...point,
  xImagePx: clamp(point.xImagePx, imageWidthPx),
  yImagePx: clamp(point.yImagePx, imageHeightPx),
});

/** The same for a box. */
export const boxOnPhoto = ({ x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx }: PromptBox, { imageWidthPx, imageHeightPx }: FrameSource): PromptBox => ({
  x0ImagePx: clamp(x0ImagePx, imageWidthPx),
  y0ImagePx: clamp(y0ImagePx, imageHeightPx),
  x1ImagePx: clamp(x1ImagePx, imageWidthPx),
  y1ImagePx: clamp(y1ImagePx, imageHeightPx),
});
