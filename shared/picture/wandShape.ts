import type { Rect } from '../mask/rect.ts';
import { smooth } from '../mask/smooth.ts';
import type { WandReach } from './wandReach.ts';

/** A Gaussian of about this deviation: steps of a pixel and grain go, corners stay. */
const calmPx = 1;
/** Room for the border to move. */
const marginPx = 3;

/**
 * What the wand takes at a tolerance: a rectangle (imagePx) and the pixels in it, 0 or 255.
 * @param level 0..254 @param isSmooth the border is calmed: each pixel there goes with those around it, as if it had been cut from a soft edge
 */
export const wandShape = (reach: WandReach, widthPx: number, heightPx: number, level: number, isSmooth: boolean): { readonly rect: Rect; readonly data: Uint8Array } => {
  const taken = reach.upTo(level);
  const margin = isSmooth ? marginPx : 0;
  const left = Math.max(0, taken.xPx - margin);
  const top = Math.max(0, taken.yPx - margin);
  const rect: Rect = {
    xPx: left,
    yPx: top,
    widthPx: Math.min(widthPx, taken.xPx + taken.widthPx + margin) - left,
    heightPx: Math.min(heightPx, taken.yPx + taken.heightPx + margin) - top,
  };
  const data = new Uint8Array(rect.widthPx * rect.heightPx);
  for (let y = 0; y < rect.heightPx; y++) {
    const from = (top + y) * widthPx + left;
    const to = y * rect.widthPx;
    for (let x = 0; x < rect.widthPx; x++) data[to + x] = (reach.levels[from + x] as number) <= level ? 255 : 0;
  }
  return { rect, data: isSmooth ? smooth({ widthPx: rect.widthPx, heightPx: rect.heightPx, data }, calmPx).data : data };
};
