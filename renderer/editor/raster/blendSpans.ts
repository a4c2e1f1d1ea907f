import { uniformValue } from '../../../shared/edits/tileCodec.ts';
import { tileRect } from '../../../shared/edits/tileGrid.ts';
import { rectOfEdges } from '../../../shared/mask/rect.ts';
import type { Transaction } from '../transaction.ts';
import type { Dab } from './capsuleSpans.ts';
import type { Spans } from './spans.ts';
import { eachTileOfSpans } from './tilesOfSpans.ts';

const profileSteps = 2048;

/**
 * A soft brush's strength 0..255 by squared distance from its centre, in shares of the squared radius: full inside the hard core, then
 * a smoothstep (3s^2 - 2s^3) down to 0 at the rim. A table: no square root for each pixel.
 */
export type SoftProfile = Uint8Array;

/** @param hardness share of the radius that is fully painted, 0 .. below 1 */
export const softProfile = (hardness: number): SoftProfile =>
  Uint8Array.from({ length: profileSteps + 1 }, (_, step) => {
    const distance = Math.sqrt(step / profileSteps);
    const share = Math.min(1, Math.max(0, (1 - distance) / (1 - hardness)));
    return Math.round(255 * share * share * (3 - 2 * share));
  });

/**
 * Sweeps a soft brush from one place to the next. Within a stroke the strongest pass counts (going to and fro does not build up); the
 * stroke as a whole is laid over what was there before: adding gives before + (255 - before) * strength, erasing before * (1 - strength).
 */
export const blendSpans = (transaction: Transaction, spans: Spans, from: Dab, to: Dab, profile: SoftProfile, erases: boolean): void => {
  const unchanged = erases ? 0 : 255;
  eachTileOfSpans(transaction.grid, spans, (index, top, bottom) => {
    if (uniformValue(transaction.encodedBefore(index)) !== unchanged) blendInTile(transaction, spans, from, to, profile, erases, index, top, bottom);
  });
};

const blendInTile = (
  transaction: Transaction,
  spans: Spans,
  from: Dab,
  to: Dab,
  profile: SoftProfile,
  erases: boolean,
  index: number,
  top: number,
  bottom: number,
): void => {
  const rect = tileRect(transaction.grid, index);
  const before = transaction.before(index);
  const pixels = transaction.write(index);
  const strength = transaction.strength(index);
  const dx = to.xImagePx - from.xImagePx;
  const dy = to.yImagePx - from.yImagePx;
  const squaredLength = dx * dx + dy * dy;
  const perLength = squaredLength === 0 ? 0 : 1 / squaredLength;
  const taper = to.radiusPx - from.radiusPx;
  let left = rect.xPx + rect.widthPx;
  let right = rect.xPx;
  for (let y = top; y < bottom; y++) {
    const start = Math.max(rect.xPx, spans.starts[y - spans.top] as number);
    const end = Math.min(rect.xPx + rect.widthPx, spans.ends[y - spans.top] as number);
    if (start >= end) continue;
    left = Math.min(left, start);
    right = Math.max(right, end);
    const row = (y - rect.yPx) * rect.widthPx - rect.xPx;
    const py = y + 0.5 - from.yImagePx;
    for (let x = start; x < end; x++) {
      const px = x + 0.5 - from.xImagePx;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * perLength));
      const awayX = px - along * dx;
      const awayY = py - along * dy;
      const radius = from.radiusPx + along * taper;
      const share = (awayX * awayX + awayY * awayY) / (radius * radius);
      if (share >= 1) continue;
      const here = profile[(share * profileSteps) | 0] as number;
      const at = row + x;
      if (here <= (strength[at] as number)) continue;
      strength[at] = here;
      const was = before[at] as number;
      pixels[at] = erases ? Math.round((was * (255 - here)) / 255) : was + Math.round(((255 - was) * here) / 255);
    }
  }
  if (left < right) transaction.changed(index, rectOfEdges(left, top, right, bottom));
};
