import { decodeMatte, matteOfPixels, pixelsOfMatte, type Matte } from '../edits/matte.ts';
import { decodeRle } from '../mask/rleBinary.ts';
import type { RasterJob } from './job.ts';

/**
 * A matte from its bytes, for the mask that it lies beside now: where a stroke has since put in what the matte leaves out altogether, or taken out what
 * it covers whole, the mask counts.
 */
export const openMatte: RasterJob<{ readonly bytes: Uint8Array; readonly maskRle: Uint8Array }, { readonly matte: Matte; readonly isChanged: boolean }> = {
  run: ({ bytes, maskRle }) => {
    const matte = decodeMatte(bytes);
    const mask = decodeRle(maskRle);
    const { widthPx, heightPx, data } = pixelsOfMatte(matte);
    if (mask.widthPx !== widthPx || mask.heightPx !== heightPx) throw new RangeError(`A matte of ${widthPx} x ${heightPx} beside a mask of ${mask.widthPx} x ${mask.heightPx}`);
    let isChanged = false;
    for (let at = 0; at < data.length; at++) {
      const inside = mask.data[at] as number;
      if (data[at] !== 255 - inside) continue;
      data[at] = inside;
      isChanged = true;
    }
    return { matte: isChanged ? matteOfPixels(widthPx, heightPx, data) : matte, isChanged };
  },
};
