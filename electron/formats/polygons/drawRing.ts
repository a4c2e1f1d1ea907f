import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { polygonRuns } from '../../../shared/mask/fillPolygon.ts';
import { signedAreaPx, type Ring } from '../../../shared/mask/ring.ts';
import { rowCount } from '../../../shared/mask/rowRuns.ts';

/** Coordinates beyond are no places in pictures; also so that nothing overflows. */
export const farthestImagePx = 1e7;

/** Adds what a ring encloses (even-odd, by pixel centres) to a mask; rings of one object don't cancel each other. @param ring coordinates up to {@link farthestImagePx} */
export const drawRing = (mask: Bitmap, ring: Ring): void => {
  const { widthPx, heightPx, data } = mask;
  const { top, offsets, runs } = polygonRuns([ring], widthPx, heightPx);
  const rows = rowCount({ top, offsets, runs });
  for (let row = 0; row < rows; row++) {
    const start = (top + row) * widthPx;
    for (let run = offsets[row] as number; run < (offsets[row + 1] as number); run++) data.fill(255, start + (runs[2 * run] as number), start + (runs[2 * run + 1] as number));
  }
};

/** Why a ring gives no mask; null where nothing is odd about it. */
export const ringRemark = (ring: Ring): string | null => (signedAreaPx(ring) === 0 ? 'Its polygon has no area.' : null);
