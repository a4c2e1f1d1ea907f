import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { Rect } from '../../../shared/mask/rect.ts';

/**
 * CVAT's run lengths: row by row from the top left of a crop, what is outside first (0 where the first pixel is inside), separated by a comma and a space
 * (https://docs.cvat.ai/docs/manual/advanced/xml_format/).
 */
export const encodeRowRle = ({ data }: Bitmap): string => {
  const runs: number[] = [];
  let value: 0 | 255 = 0;
  for (let at = 0; at < data.length; ) {
    const found = data.indexOf(value === 0 ? 255 : 0, at);
    const end = found === -1 ? data.length : found;
    runs.push(end - at);
    at = end;
    value = value === 0 ? 255 : 0;
  }
  return runs.join(', ');
};

/**
 * Adds the runs of a crop to a mask.
 * @param crop inside of the mask
 * @param fault makes an error of a sentence
 * @throws what `fault` makes, where the runs are no numbers or are not as many pixels as the crop has
 */
export const drawRowRle = (mask: Bitmap, rle: string, crop: Rect, fault: (sentence: string) => Error): void => {
  const total = crop.widthPx * crop.heightPx;
  let at = 0;
  let isInside = false;
  for (const [text] of rle.matchAll(/[^,\s]+/g)) {
    const run = Number(text);
    if (!/^\d+(\.0+)?$/.test(text) || !Number.isSafeInteger(run)) throw fault(`There is “${text.slice(0, 40)}” among the run lengths, where a whole number was expected.`);
    const end = at + run;
    if (end > total) throw fault(`The run lengths go on beyond the ${crop.widthPx} x ${crop.heightPx} pixels of the mask.`);
    // In the mask a row of the crop ends where the next one does not begin.
    for (let start = at; isInside && start < end; ) {
      const row = Math.floor(start / crop.widthPx);
      const stop = Math.min(end, (row + 1) * crop.widthPx);
      const first = (crop.yPx + row) * mask.widthPx + crop.xPx + (start - row * crop.widthPx);
      mask.data.fill(255, first, first + stop - start);
      start = stop;
    }
    at = end;
    isInside = !isInside;
  }
  if (at !== total) throw fault(`The run lengths are ${at} pixels and the mask has ${crop.widthPx} x ${crop.heightPx}.`);
};
