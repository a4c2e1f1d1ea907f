import { densestPlace } from './densestPlace.ts';
import type { MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** How far beside the edge, in px of working size, the picture's own edge may lie. */
const reachPx = 2;
/** Slower changes than this (gradient.ts) are none that an eye would cut along. */
const faint = 3.5;
const usualShare = 0.14;
const badShare = 0.5;

/** The share of the mask's edge that lies where the picture has none: it cuts through a surface, or misses the product's own edge. */
export const offGradient: MaskCheck = ({ work, edgePixels, gradient, toImage }) => {
  const { widthPx, heightPx } = work;
  if (edgePixels.length === 0) return { level: 'fine', severity: 0, value: 'no', sentence: 'No edge inside the picture', placeImagePx: null };
  const off: number[] = [];
  for (const at of edgePixels) {
    const x = at % widthPx;
    const y = (at - x) / widthPx;
    let strongest = 0;
    for (let row = Math.max(0, y - reachPx); row <= Math.min(heightPx - 1, y + reachPx); row++) {
      for (let column = Math.max(0, x - reachPx); column <= Math.min(widthPx - 1, x + reachPx); column++) {
        strongest = Math.max(strongest, gradient[row * widthPx + column] as number);
      }
    }
    if (strongest < faint) off.push(at);
  }
  const share = off.length / edgePixels.length;
  if (share < usualShare) return { level: 'fine', severity: 0, value: percentOf(share), sentence: `The edge follows the picture’s but for ${percentOf(share)}`, placeImagePx: null };
  return {
    level: share >= badShare ? 'bad' : 'look',
    severity: ramp(share, usualShare, badShare),
    value: percentOf(share),
    sentence: `${percentOf(share)} of the edge lies where the picture has none`,
    placeImagePx: toImage(densestPlace(off, widthPx, heightPx)),
  };
};
