import { areaPx, type Bitmap } from '../mask/bitmap.ts';
import { boundaryPixels } from '../mask/boundary.ts';
import { squaredDistance } from '../mask/distance.ts';

/** Share of a mask's pixels whose squared distance is within reach. */
const shareWithin = (pixels: Bitmap, squared: Float64Array, squaredReach: number): number => {
  let within = 0;
  for (let at = 0; at < pixels.data.length; at++) if (pixels.data[at] !== 0 && (squared[at] as number) <= squaredReach) within++;
  return within / areaPx(pixels);
};

/** Perazzi et al. 2016 (DAVIS), section 4: a boundary is right within 0.8 % of the image's diagonal. */
export const defaultTolerancePx = ({ widthPx, heightPx }: Bitmap): number => Math.max(1, Math.ceil(0.008 * Math.hypot(widthPx, heightPx)));

/**
 * How well two outlines agree, 0..1: the F-measure of the shares of either boundary that lie within `tolerancePx` of the other (Martin et
 * al. 2004; Perazzi et al. 2016, there with a morphological approximation, here with exact distances). Two empty masks agree: 1.
 * @throws RangeError for masks of different sizes
 */
export const boundaryF = (measured: Bitmap, truth: Bitmap, tolerancePx = defaultTolerancePx(truth)): number => {
  if (measured.widthPx !== truth.widthPx || measured.heightPx !== truth.heightPx) {
    throw new RangeError(`Masks of ${measured.widthPx} x ${measured.heightPx} and ${truth.widthPx} x ${truth.heightPx} px cannot be compared`);
  }
  const [measuredBoundary, truthBoundary] = [boundaryPixels(measured), boundaryPixels(truth)];
  const [measuredCount, truthCount] = [areaPx(measuredBoundary), areaPx(truthBoundary)];
  if (measuredCount === 0 || truthCount === 0) return measuredCount === truthCount ? 1 : 0;
  const precision = shareWithin(measuredBoundary, squaredDistance(truthBoundary), tolerancePx ** 2);
  const recall = shareWithin(truthBoundary, squaredDistance(measuredBoundary), tolerancePx ** 2);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
};
