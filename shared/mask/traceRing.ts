import type { Connectivity } from './components.ts';
import { signedAreaPx } from './ring.ts';

/** Whether a pixel is inside; asked for pixels just beyond the image too, which are not. */
export type ReadPixel = (xPx: number, yPx: number) => boolean;

/** Down, right, up, left: each is a left turn from the one before, as seen on the screen. */
const stepsX = [0, 1, 0, -1] as const;
const stepsY = [1, 0, -1, 0] as const;
/** The pixel ahead on the left hand, seen from a corner with that heading; then the one on the right hand. */
const leftX = [0, 0, -1, -1] as const;
const leftY = [0, -1, -1, 0] as const;
const rightX = [-1, 0, 0, -1] as const;
const rightY = [0, 0, -1, -1] as const;

/**
 * Follows the border of the mask from the left side of a pixel whose left neighbour is outside, exactly on pixel corners, with the mask on the left
 * hand: outer borders run counter-clockwise as seen on the screen, borders of holes clockwise. Begins and turns at corners only.
 * @param connectivity 8: pixels that meet at a corner are joined, so that the ring runs through that corner twice · 4: they are apart
 * @param onLeftSide told of each pixel whose left side the border runs along
 */
export const traceRing = (isInside: ReadPixel, xPx: number, yPx: number, connectivity: Connectivity = 8, onLeftSide?: (xPx: number, yPx: number) => void): Int32Array => {
  const corners: number[] = [xPx, yPx];
  let x = xPx;
  let y = yPx;
  let heading = 0;
  for (;;) {
    if (heading === 0) onLeftSide?.(x, y);
    x += stepsX[heading] as number;
    y += stepsY[heading] as number;
    const left = isInside(x + (leftX[heading] as number), y + (leftY[heading] as number));
    const right = isInside(x + (rightX[heading] as number), y + (rightY[heading] as number));
    const turned = right && (left || connectivity === 8) ? 3 : left ? 0 : 1;
    heading = (heading + turned) & 3;
    // The corner that it began at may be passed twice; it is closed when it goes down from there.
    if (x === xPx && y === yPx && heading === 0) break;
    if (turned !== 0) corners.push(x, y);
  }
  return Int32Array.from(corners);
};

/**
 * The outer border of the piece that a pixel belongs to, as {@link traceRing} gives it; null when the pixel is outside. Walks left to the next
 * border and round each hole in the way: it takes as long as those borders, however large the mask is.
 */
export const outerRingAt = (isInside: ReadPixel, xPx: number, yPx: number, connectivity: Connectivity = 8): Int32Array | null => {
  if (!isInside(xPx, yPx)) return null;
  let x = xPx;
  let y = yPx;
  for (;;) {
    while (isInside(x - 1, y)) x--;
    // Not where the ring begins at a straight side: from the top of this side.
    let top = y;
    while (isInside(x, top - 1) && !isInside(x - 1, top - 1)) top--;
    const ring = traceRing(isInside, x, top, connectivity);
    if (signedAreaPx(ring) < 0) return ring;
    // A hole: on from the mask beside its leftmost side.
    let leftmost = 0;
    for (let at = 0; at < ring.length; at += 2) if ((ring[at] as number) < (ring[leftmost] as number)) leftmost = at;
    const next = leftmost + 2 < ring.length ? leftmost + 2 : 0;
    const before = leftmost > 0 ? leftmost - 2 : ring.length - 2;
    const other = ring[next] === ring[leftmost] ? next : before;
    x = (ring[leftmost] as number) - 1;
    y = Math.min(ring[leftmost + 1] as number, ring[other + 1] as number);
  }
};
