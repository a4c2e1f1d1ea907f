import type { Bitmap } from '../mask/bitmap.ts';
import type { Rect } from '../mask/rect.ts';
import type { ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type Candidate } from './prompt.ts';

const last = logitsSidePx - 1;

/** Place of an image pixel's centre between the logits' centres: 0 is the first logit's; held at the first and last. */
const placeOf = (imagePx: number, scale: number): number => Math.min(Math.max((imagePx + 0.5) * scale - 0.5, 0), last);

/**
 * For each logit the first image pixel whose centre is at or right of that logit's centre; the last entry is the width. Between two entries the value
 * is a straight line between the same two logits.
 */
const firstPixels = (scale: number, fromPx: number, toPx: number): Int32Array => {
  const firsts = new Int32Array(logitsSidePx + 1).fill(toPx);
  let logit = 0;
  for (let x = fromPx; x < toPx && logit < logitsSidePx; x++) {
    const place = placeOf(x, scale);
    while (logit < logitsSidePx && logit <= place) firsts[logit++] = x;
  }
  return firsts;
};

/**
 * A candidate at the photo's size: bilinear between the logits' centres, and mask where that is above 0. Pixel centres lie on pixel centres, so nothing
 * shifts by half a pixel; beyond the outermost centres the outermost value holds. Where two neighbours agree their whole stretch is filled at once:
 * 24 MP take some milliseconds, since only the mask's edge is looked at pixel by pixel.
 * @param options.rect the part to make, image px, inside the photo; default all of it. The bitmap has the rectangle's size.
 */
export const logitsToMask = (frame: ModelFrame, { logits }: Candidate, { rect }: { readonly rect?: Rect } = {}): Bitmap => {
  const { xPx, yPx, widthPx, heightPx } = rect ?? { xPx: 0, yPx: 0, widthPx: frame.imageWidthPx, heightPx: frame.imageHeightPx };
  const data = new Uint8Array(widthPx * heightPx);
  const firsts = firstPixels(frame.logitsScaleX, xPx, xPx + widthPx);
  const line = new Float64Array(logitsSidePx);
  for (let y = 0; y < heightPx; y++) {
    const place = placeOf(yPx + y, frame.logitsScaleY);
    const above = Math.min(Math.floor(place), last);
    const below = Math.min(above + 1, last);
    const share = place - above;
    for (let x = 0, a = above * logitsSidePx, b = below * logitsSidePx; x < logitsSidePx; x++, a++, b++) {
      line[x] = (logits[a] as number) * (1 - share) + (logits[b] as number) * share;
    }
    fillLine(data, y * widthPx, line, firsts, frame.logitsScaleX, xPx);
  }
  return { widthPx, heightPx, data };
};

/** @param offset of the line in `data`, whose first pixel is `xPx` on the photo */
const fillLine = (data: Uint8Array, offset: number, line: Float64Array, firsts: Int32Array, scale: number, xPx: number): void => {
  const start = offset - xPx;
  for (let logit = 0; logit < logitsSidePx; logit++) {
    const [from, to] = [firsts[logit] as number, firsts[logit + 1] as number];
    if (from === to) continue;
    const left = line[logit] as number;
    const right = line[Math.min(logit + 1, last)] as number;
    if (left > 0 && right > 0) data.fill(255, start + from, start + to);
    else if (left > 0 || right > 0) {
      for (let x = from; x < to; x++) if (left + (placeOf(x, scale) - logit) * (right - left) > 0) data[start + x] = 255;
    }
  }
};
