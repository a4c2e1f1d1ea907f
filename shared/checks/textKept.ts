import type { CheckPlace } from '../domain/check.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import type { MaskCheck } from './look.ts';
import { textLines } from './textLines.ts';
import { percentOf, ramp } from './words.ts';

/** Of a line's box: less is a line beside the mask. */
const insideShare = 0.45;
/** Of the mask: below it the lines are as often a grille or a row of studs. Counted, and fine. */
const fewShare = 0.015;

const shareInside = ({ widthPx, data }: Bitmap, { xPx, yPx, widthPx: wide, heightPx: high }: CheckPlace): number => {
  let inside = 0;
  for (let y = yPx; y < yPx + high; y++) for (let x = xPx; x < xPx + wide; x++) inside += (data[y * widthPx + x] as number) >>> 7;
  return inside / (wide * high);
};

/**
 * Horizontal lines of letter-like strokes in the mask: sharp and dense changes between two flat tones. Nothing is read, so it can't tell a caption laid
 * over the picture from print on the product itself (a label, a screen), takes some regular patterns for letters, and misses letters that are
 * slanted, upright, faint, larger than a fifth of the picture, or smaller than a hundredth. A line that fills its own island or most of a mask's
 * width is more likely a caption.
 */
export const textKept: MaskCheck = ({ photo, work, areaPx, mask, toImage }) => {
  const kept = areaPx === 0 ? [] : textLines(photo).filter((box) => shareInside(work, box) >= insideShare);
  const largest = kept.toSorted((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx)[0];
  if (largest === undefined) return { level: 'fine', severity: 0, value: 'none', sentence: 'No lines of text in the mask', placeImagePx: null };
  const workShare = areaPx / (mask.widthPx * mask.heightPx);
  const share = kept.reduce((sum, { widthPx, heightPx }) => sum + widthPx * heightPx, 0) / (workShare * work.data.length);
  return {
    level: share < fewShare ? 'fine' : 'look',
    severity: share < fewShare ? 0 : 0.2 + 0.8 * ramp(share, fewShare, 0.1),
    value: kept.length === 1 ? `1 line, ${percentOf(Math.min(1, share))}` : `${kept.length} lines, ${percentOf(Math.min(1, share))}`,
    sentence: `${kept.length === 1 ? '1 line' : `${kept.length} lines`} that look like text, ${percentOf(Math.min(1, share))} of the mask`,
    placeImagePx: toImage(largest),
  };
};
