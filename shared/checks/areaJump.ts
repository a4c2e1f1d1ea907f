import type { Finding } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** With fewer there is no saying which one is unusual. */
const fewest = 2;
/** Spread, as a factor's logarithm, that even the views of one thing have; sides of a boot differ by a third. */
const usualSpread = 0.3;
/** The median's distance in spreads. */
const unusual = 2;
const farOff = 5;

const median = (sorted: readonly number[]): number => {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

const byValue = (a: number, b: number): number => a - b;

/**
 * The mask's area against its relatives': a product's other images, a keyframe's neighbours in its video. Median and median absolute deviation of
 * the logarithms, so that one wrong relative moves nothing and twice as large is as far as half as large.
 * @param areaShare of the photo, 0..1
 * @param relatives area shares of masks that are not empty
 */
export const areaJump = (areaShare: number, relatives: readonly number[]): Finding => {
  const logs = relatives.filter((share) => share > 0).map(Math.log).toSorted(byValue);
  if (areaShare <= 0 || logs.length < fewest) {
    return { level: 'fine', severity: 0, value: percentOf(areaShare), sentence: `Area: ${percentOf(areaShare)} of the photo, with nothing to compare it with`, placeImagePx: null };
  }
  const middle = median(logs);
  const deviation = median(logs.map((log) => Math.abs(log - middle)).toSorted(byValue));
  const distance = Math.abs(Math.log(areaShare) - middle) / (usualSpread + 1.4826 * deviation);
  const usual = percentOf(Math.exp(middle));
  if (distance < unusual) return { level: 'fine', severity: 0, value: percentOf(areaShare), sentence: `Area: ${percentOf(areaShare)} of the photo, the others’ usual is ${usual}`, placeImagePx: null };
  const factor = areaShare / Math.exp(middle);
  const value = factor >= 1 ? `${factor.toFixed(1)} × usual` : `1/${(1 / factor).toFixed(1)} of usual`;
  return {
    level: distance >= farOff ? 'bad' : 'look',
    severity: ramp(distance, unusual, farOff),
    value,
    sentence: `Area: ${percentOf(areaShare)} of the photo, the others’ usual is ${usual}`,
    placeImagePx: null,
  };
};
