import type { PartOperation } from '../domain/maskPart.ts';
import { emptyBitmap, type Bitmap } from './bitmap.ts';

/** A part of a recipe as it counts now: a person may switch it on and off, or have it join in another way. */
export interface CombinedPart {
  readonly operation: PartOperation;
  readonly mask: Bitmap;
  /** Off: as if it were not there. */
  readonly isOn: boolean;
}

/**
 * Parts to one mask, in their order: each joins what stands before it, the first joins nothing (so that a recipe begins with an `add`). Adding,
 * subtracting or intersecting the same part twice in a row changes nothing more.
 * @param size of the result when there is no part at all
 * @throws RangeError when sizes differ
 */
export const combineParts = (parts: readonly CombinedPart[], size: { readonly widthPx: number; readonly heightPx: number }): Bitmap => {
  const combined = emptyBitmap(size.widthPx, size.heightPx);
  for (const { operation, mask, isOn } of parts) {
    if (mask.widthPx !== size.widthPx || mask.heightPx !== size.heightPx) {
      throw new RangeError(`A part of ${mask.widthPx} x ${mask.heightPx} does not lie on a mask of ${size.widthPx} x ${size.heightPx}`);
    }
    if (!isOn) continue;
    const { data } = combined;
    const { data: part } = mask;
    // A loop each: a function called by the pixel takes several times as long. Values are 0 or 255, so bits will do.
    if (operation === 'add') for (let at = 0; at < data.length; at++) data[at] = (data[at] as number) | (part[at] as number);
    else if (operation === 'subtract') for (let at = 0; at < data.length; at++) data[at] = (data[at] as number) & ~(part[at] as number);
    else for (let at = 0; at < data.length; at++) data[at] = (data[at] as number) & (part[at] as number);
  }
  return combined;
};
