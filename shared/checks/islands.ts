import type { MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** As a share of the largest piece: from here on a second piece may be the other shoe of a pair. */
const pairShare = 0.5;
/** Of the largest piece: from here on, and below a pair's, all the pieces together are hardly ever right. */
const badShare = 0.06;
const manyPieces = 40;
/** Crumbs that nobody sees: all of them as a share of the largest piece, and the largest of them in px. Counted, and fine. */
const crumbShare = 0.0001;
const crumbPx = 25;

/** Pieces beside the largest one: crumbs of background, captions, hands. Counted on the full mask: one stray pixel is an island too. */
export const islands: MaskCheck = ({ pieces }) => {
  const [main, largest] = pieces;
  if (main === undefined || largest === undefined) {
    return { level: 'fine', severity: 0, value: 'none', sentence: main === undefined ? 'No islands: the mask is empty' : 'No islands: the mask is one piece', placeImagePx: null };
  }
  const count = pieces.length - 1;
  const stray = pieces.slice(1).reduce((sum, { areaPx }) => sum + areaPx, 0) / main.areaPx;
  const isPair = largest.areaPx >= pairShare * main.areaPx && stray - largest.areaPx / main.areaPx < badShare;
  const isCrumbs = stray < crumbShare && largest.areaPx < crumbPx && count < manyPieces;
  const bySize = isPair ? 0.3 : 0.75 * ramp(Math.log10(stray), -4, -1);
  const byCount = ramp(Math.log2(count), 0, Math.log2(manyPieces));
  const share = percentOf(largest.areaPx / main.areaPx);
  return {
    level: isCrumbs ? 'fine' : (!isPair && stray >= badShare) || count >= manyPieces ? 'bad' : 'look',
    severity: isCrumbs ? 0 : Math.min(1, bySize + 0.4 * byCount),
    value: count === 1 ? `1, ${share}` : `${count}, largest ${share}`,
    sentence:
      count === 1 ? `1 island beside the main part, ${share} of its size` : `${count} islands beside the main part, the largest ${share} of its size`,
    placeImagePx: largest.box,
  };
};
