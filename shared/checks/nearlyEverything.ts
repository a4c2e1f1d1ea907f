import type { MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** As shares of the photo. Close-ups fill two thirds of it; from nine tenths on the background is in the mask. */
const large = 0.72;
const everything = 0.92;

export const nearlyEverything: MaskCheck = ({ areaPx, mask }) => {
  const share = areaPx / (mask.widthPx * mask.heightPx);
  const level = share >= everything ? 'bad' : share >= large ? 'look' : 'fine';
  const severity = level === 'bad' ? 1 : 0.8 * ramp(share, large, everything);
  if (level === 'fine') return { level, severity, value: 'no', sentence: `The background is left out: ${percentOf(1 - share)} of the photo`, placeImagePx: null };
  return { level, severity, value: percentOf(share), sentence: `Nearly everything kept: ${percentOf(share)} of the photo`, placeImagePx: null };
};
