import type { Bitmap } from './bitmap.ts';
import type { Connectivity } from './components.ts';
import { traceRing } from './traceRing.ts';

/**
 * All borders of a mask as rings on pixel corners: outer ones counter-clockwise as seen on the screen, holes clockwise, in the order of their first
 * rows. Filled again (fillPolygon.ts, either rule) they give the mask exactly, with its holes, islands, lines of one pixel and what touches the image's
 * border; their sides are those of outlineSegments.
 * @param connectivity of the mask's pieces; its holes are 4-connected where they are 8-connected, and the other way round
 */
export const ringsOfMask = ({ widthPx, heightPx, data }: Bitmap, connectivity: Connectivity = 8): readonly Int32Array[] => {
  const isInside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < widthPx && y < heightPx && (data[y * widthPx + x] as number) >= 128;
  // Left sides that belong to a ring that was followed: a bit a pixel.
  const seen = new Uint8Array((data.length + 7) >>> 3);
  const isSeen = (at: number): boolean => (((seen[at >>> 3] as number) >>> (at & 7)) & 1) === 1;
  const see = (x: number, y: number): void => {
    const at = y * widthPx + x;
    seen[at >>> 3] = (seen[at >>> 3] as number) | (1 << (at & 7));
  };
  const rings: Int32Array[] = [];
  for (let y = 0; y < heightPx; y++) {
    const line = data.subarray(y * widthPx, (y + 1) * widthPx);
    let x = line.indexOf(255);
    while (x !== -1) {
      if (!isSeen(y * widthPx + x)) rings.push(traceRing(isInside, x, y, connectivity, see));
      const end = line.indexOf(0, x);
      x = end === -1 ? -1 : line.indexOf(255, end);
    }
  }
  return rings;
};
