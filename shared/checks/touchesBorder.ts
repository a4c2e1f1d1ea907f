import type { CheckPlace } from '../domain/check.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import type { MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

const sides = ['left', 'right', 'top', 'bottom'] as const;
type Side = (typeof sides)[number];

interface Touch {
  readonly side: Side;
  /** Of that side's length, 0..1. */
  readonly share: number;
  /** The longest stretch, in px along the side: [start, end). */
  readonly start: number;
  readonly end: number;
}

/** Masks that were made small and enlarged can end a few pixels early: what is this near to the border touches it. Share of the shorter side. */
const nearShare = 0.003;
/** Below it a touch is a crumb. */
const crumbShare = 0.005;
const badShare = 0.45;

const touchOf = ({ widthPx, heightPx, data }: Bitmap, side: Side, depthPx: number): Touch => {
  const isUpright = side === 'left' || side === 'right';
  const length = isUpright ? heightPx : widthPx;
  const along = isUpright ? widthPx : 1;
  const inwards = isUpright ? 1 : widthPx;
  const first = side === 'right' ? widthPx - depthPx : side === 'bottom' ? (heightPx - depthPx) * widthPx : 0;
  let touched = 0;
  let longest = { start: 0, end: 0 };
  let start = -1;
  for (let at = 0; at <= length; at++) {
    let isInside = false;
    for (let depth = 0; at < length && depth < depthPx && !isInside; depth++) isInside = (data[first + at * along + depth * inwards] as number) >= 128;
    if (isInside) {
      touched++;
      if (start === -1) start = at;
    } else if (start !== -1) {
      if (at - start > longest.end - longest.start) longest = { start, end: at };
      start = -1;
    }
  }
  return { side, share: touched / length, ...longest };
};

const placeOf = ({ side, start, end }: Touch, { widthPx, heightPx }: Bitmap): CheckPlace => {
  const deepPx = Math.max(1, Math.round(Math.min(widthPx, heightPx) * 0.08));
  if (side === 'left' || side === 'right') return { xPx: side === 'left' ? 0 : widthPx - deepPx, yPx: start, widthPx: deepPx, heightPx: end - start };
  return { xPx: start, yPx: side === 'top' ? 0 : heightPx - deepPx, widthPx: end - start, heightPx: deepPx };
};

/** Where the mask runs out of the picture: often a person or furniture that was kept with the product, or a product that is cut off. */
export const touchesBorder: MaskCheck = ({ mask }) => {
  const depthPx = Math.max(1, Math.round(Math.min(mask.widthPx, mask.heightPx) * nearShare));
  const touches = sides
    .map((side) => touchOf(mask, side, depthPx))
    .filter(({ share }) => share >= crumbShare)
    .toSorted((a, b) => b.share - a.share);
  const [largest] = touches;
  if (largest === undefined) return { level: 'fine', severity: 0, value: 'no', sentence: 'Clear of the border', placeImagePx: null };
  const others = touches.slice(1).map(({ side, share }) => `${side}, ${percentOf(share)}`);
  return {
    level: largest.share >= badShare ? 'bad' : 'look',
    // A tenth of a side is as often a hand as a half of it: the root of the share.
    severity: ramp(Math.sqrt(touches.reduce((sum, { share }) => sum + share, 0)), 0.05, 1),
    value: `${largest.side}, ${percentOf(largest.share)}`,
    sentence: `Touches the border: ${largest.side}, ${percentOf(largest.share)} of that side${others.length === 0 ? '' : `; also ${others.join('; ')}`}`,
    placeImagePx: placeOf(largest, mask),
  };
};
