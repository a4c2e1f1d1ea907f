import type { Bitmap } from './bitmap.ts';
import { changeNearEdges } from './nearEdges.ts';

/**
 * Growing and shrinking by a disc: the pixels whose centres are at most `radiusPx` away (Euclidean, exact). 1 px takes the four neighbours, 1.5 px
 * the diagonal ones too.
 *
 * What is beyond the image's border is neither inside nor outside: only pixels of the image count. A mask that touches the border is therefore not
 * eaten from there when it shrinks: the product goes on beyond the picture. So shrinking a mask is growing what is not mask, at the border as anywhere;
 * opening and closing are idempotent.
 */
export const maxDiscRadiusPx = 250;

/** How far a disc reaches sideways, in whole px, at each distance of rows from its middle; -1 beyond it. */
const discWidths = (radiusPx: number): Int16Array => {
  const rows = Math.floor(radiusPx);
  const widths = new Int16Array(rows + 2).fill(-1);
  for (let y = 0; y <= rows; y++) widths[y] = Math.floor(Math.sqrt(radiusPx * radiusPx - y * y));
  return widths;
};

const checkRadius = (radiusPx: number): void => {
  if (!(radiusPx >= 0 && radiusPx <= maxDiscRadiusPx)) throw new RangeError(`A disc of ${radiusPx} px: from 0 to ${maxDiscRadiusPx} are possible`);
};

/**
 * The distance to the nearest `value` in each column first (two walks, a byte a pixel), then along each row how far the discs reach: what is covered
 * from the left or from the right. Time does not grow with the radius; about 6 ns a pixel.
 * @param of 255: grows what is inside · 0: grows what is outside
 */
const spread = ({ widthPx, heightPx, data }: Bitmap, radiusPx: number, of: 0 | 255): Bitmap => {
  const widths = discWidths(radiusPx);
  const beyond = widths.length - 1;
  const down = new Uint8Array(data.length);
  const column = new Uint8Array(widthPx).fill(beyond);
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at++) {
      const rows = column[x] as number;
      column[x] = down[at] = data[at] === of ? 0 : rows < beyond ? rows + 1 : beyond;
    }
  }
  const spreadTo = new Uint8Array(data.length).fill(255 - of);
  const reaches = new Int16Array(widthPx);
  column.fill(beyond);
  for (let y = heightPx - 1; y >= 0; y--) {
    const row = y * widthPx;
    let reach = -1;
    let isAny = false;
    for (let x = 0, at = row; x < widthPx; x++, at++) {
      const above = down[at] as number;
      let rows = column[x] as number;
      rows = above === 0 ? 0 : rows < beyond ? rows + 1 : beyond;
      column[x] = rows;
      const width = widths[above < rows ? above : rows] as number;
      reaches[x] = width;
      if (width >= 0) {
        isAny = true;
        if (x + width > reach) reach = x + width;
      }
      if (x <= reach) spreadTo[at] = of;
    }
    if (!isAny) continue;
    reach = widthPx;
    for (let x = widthPx - 1; x >= 0; x--) {
      const width = reaches[x] as number;
      if (width >= 0 && x - width < reach) reach = x - width;
      if (x >= reach) spreadTo[row + x] = of;
    }
  }
  return { widthPx, heightPx, data: spreadTo };
};

/** Every pixel within `radiusPx` (0..{@link maxDiscRadiusPx}) of the mask is inside. @throws RangeError for another radius */
export const grow = (bitmap: Bitmap, radiusPx: number): Bitmap => {
  checkRadius(radiusPx);
  return changeNearEdges(bitmap, radiusPx, (part) => spread(part, radiusPx, 255));
};

/** Every pixel within `radiusPx` of what is outside is outside. @throws RangeError as {@link grow} */
export const shrink = (bitmap: Bitmap, radiusPx: number): Bitmap => {
  checkRadius(radiusPx);
  return changeNearEdges(bitmap, radiusPx, (part) => spread(part, radiusPx, 0));
};

/** Gaps and notches that a disc does not fit into are filled: grown, then shrunk. @throws RangeError as {@link grow} */
export const close = (bitmap: Bitmap, radiusPx: number): Bitmap => {
  checkRadius(radiusPx);
  return changeNearEdges(bitmap, 2 * radiusPx, (part) => spread(spread(part, radiusPx, 255), radiusPx, 0));
};

/** Threads and spikes that a disc does not fit into are taken away: shrunk, then grown. @throws RangeError as {@link grow} */
export const open = (bitmap: Bitmap, radiusPx: number): Bitmap => {
  checkRadius(radiusPx);
  return changeNearEdges(bitmap, 2 * radiusPx, (part) => spread(spread(part, radiusPx, 0), radiusPx, 255));
};
