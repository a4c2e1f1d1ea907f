import { densestPlace } from './densestPlace.ts';
import { sameOnBothSides } from './edgeContrast.ts';
import type { MaskCheck } from './look.ts';
import { percentOf } from './words.ts';

/** From here on a person should look; a hairy or a blurred product comes to half of it. */
const unusualShare = 0.15;
const badShare = 0.45;
/** At this share the severity is a half: it tells masks apart from the first percents on, since models' edges mostly lie on some edge. */
const halfShare = 0.1;

/**
 * The share of the mask's edge that has the same colours on both sides: it cuts through a surface, or lies beside the product's own edge. What it can't
 * see is an edge along another thing's outline.
 */
export const offGradient: MaskCheck = (look) => {
  const { work, toImage } = look;
  const { count, same } = sameOnBothSides(look);
  if (count === 0) return { level: 'fine', severity: 0, value: 'no', sentence: 'No edge inside the picture', placeImagePx: null };
  const share = same.length / count;
  const severity = share / (share + halfShare);
  if (share < unusualShare) return { level: 'fine', severity, value: percentOf(share), sentence: `Colours change across the edge but for ${percentOf(share)} of it`, placeImagePx: null };
  return {
    level: share >= badShare ? 'bad' : 'look',
    severity,
    value: percentOf(share),
    sentence: `${percentOf(share)} of the edge has the same colours on both sides`,
    placeImagePx: toImage(densestPlace(same, work.widthPx, work.heightPx)),
  };
};
