import { maxMaskPixels } from './rleBinary.ts';
import type { Bitmap } from './bitmap.ts';

/**
 * COCO's uncompressed run lengths: column by column from the top left, alternating outside, inside, ..., the first possibly 0
 * (cocodataset/cocoapi, `maskApi.h`). Row-major is shared/mask/rleBinary.ts.
 */
export interface ColumnRle {
  /** [height, width], in COCO's order. */
  readonly size: readonly [heightPx: number, widthPx: number];
  readonly counts: readonly number[];
}

export const encodeColumnRle = ({ widthPx, heightPx, data }: Bitmap): ColumnRle => {
  const counts: number[] = [];
  let inside = 0;
  let run = 0;
  for (let x = 0; x < widthPx; x++) {
    for (let at = x; at < data.length; at += widthPx) {
      if ((data[at] as number) >>> 7 !== inside) {
        counts.push(run);
        run = 0;
        inside ^= 1;
      }
      run++;
    }
  }
  counts.push(run);
  return { size: [heightPx, widthPx], counts };
};

/** @throws RangeError when the counts are not whole numbers that sum to height * width, or the mask is larger than `maxPixels` */
export const decodeColumnRle = ({ size: [heightPx, widthPx], counts }: ColumnRle, maxPixels = maxMaskPixels): Bitmap => {
  const total = widthPx * heightPx;
  if (!(Number.isSafeInteger(widthPx) && Number.isSafeInteger(heightPx) && widthPx >= 0 && heightPx >= 0 && total <= maxPixels)) {
    throw new RangeError(`A mask cannot have the size ${widthPx} x ${heightPx}`);
  }
  const data = new Uint8Array(total);
  let position = 0;
  for (const [index, count] of counts.entries()) {
    const end = position + count;
    if (!Number.isSafeInteger(count) || count < 0 || end > total) throw new RangeError(`Run ${index} of the mask is ${count}`);
    if (index % 2 === 1) {
      for (let at = position; at < end; at++) data[(at % heightPx) * widthPx + Math.floor(at / heightPx)] = 255;
    }
    position = end;
  }
  if (position !== total) throw new RangeError(`The runs cover ${position} of ${total} pixels`);
  return { widthPx, heightPx, data };
};
