import type { MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** Below it, as a share of the photo, nothing that somebody photographed for its own sake is left; above the second one nobody wonders. */
const nearlyNothing = 0.002;
const small = 0.012;

/** An empty mask, or one of a few crumbs, whatever the model's certainty: it is certain of the background too. */
export const nothingFound: MaskCheck = ({ areaPx, mask, pieces }) => {
  const share = areaPx / (mask.widthPx * mask.heightPx);
  if (areaPx === 0) return { level: 'bad', severity: 1, value: 'empty', sentence: 'Nothing found: the mask is empty', placeImagePx: null };
  const severity = share < nearlyNothing ? 0.9 : 0.6 * (1 - ramp(share, nearlyNothing, small));
  const level = share < nearlyNothing ? 'bad' : share < small ? 'look' : 'fine';
  if (level === 'fine') return { level, severity: 0, value: 'no', sentence: `Something was found: ${percentOf(share)} of the photo`, placeImagePx: null };
  return {
    level,
    severity,
    value: percentOf(share),
    sentence: `Nearly nothing found: ${percentOf(share)} of the photo`,
    placeImagePx: pieces[0]?.box ?? null,
  };
};
