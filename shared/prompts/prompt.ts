/** A click. Its place is in pixels of the upright photo, at the pixel's centre: the middle of the first pixel is 0.5. */
export interface PromptPoint {
  readonly xImagePx: number;
  readonly yImagePx: number;
  /** 1: keep what is here; 0: leave it out. */
  readonly label: 0 | 1;
}

/** Edges of a rectangle on the upright photo; x0 < x1 and y0 < y1. The photo's own edges are 0 and its width or height. */
export interface PromptBox {
  readonly x0ImagePx: number;
  readonly y0ImagePx: number;
  readonly x1ImagePx: number;
  readonly y1ImagePx: number;
}

/** A mask to continue from, as a decoder takes it: logits on the model's low-resolution grid (256 x 256), row-major; above 0 is mask. */
export interface MaskPrompt {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly logits: Float32Array;
}

/** What a person tells a model of the SAM family about one object; may be empty in parts, never in all. */
export interface Prompt {
  readonly points: readonly PromptPoint[];
  readonly box: PromptBox | null;
  readonly mask: MaskPrompt | null;
}

/** Side of the grid on which decoders of the SAM family answer. */
export const logitsSidePx = 256;

/** One answer of a decoder: logits over the model's square, row-major; above 0 is mask. */
export interface Candidate {
  readonly widthPx: 256;
  readonly heightPx: 256;
  readonly logits: Float32Array;
  /** The model's own estimate, usually 0..1, at times a little beyond. */
  readonly predictedIou: number;
}

/** How an answer joins the mask that was there. */
export const joins = ['replace', 'add', 'subtract', 'intersect'] as const;
export type Join = (typeof joins)[number];

export const hasNothing = ({ points, box, mask }: Prompt): boolean => points.length === 0 && box === null && mask === null;
