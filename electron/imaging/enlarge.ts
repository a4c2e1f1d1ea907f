import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Samples {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bytes a pixel, interleaved. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

export type EnlargeKernel = 'cubic' | 'linear';

/** Weights of the `taps` samples around each place of the larger axis; samples beyond the edge are the edge's. */
interface Axis {
  readonly taps: 2 | 4;
  /** Index of the sample, by place and tap. */
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** Catmull-Rom (R. Keys, 1981, a = -0.5). @param t 0..1, the way from the second sample to the third */
const cubicWeights = (t: number): readonly [number, number, number, number] => [
  ((-0.5 * t + 1) * t - 0.5) * t,
  (1.5 * t - 2.5) * t * t + 1,
  ((-1.5 * t + 2) * t + 0.5) * t,
  (0.5 * t - 0.5) * t * t,
];

const axisOf = (from: number, to: number, kernel: EnlargeKernel): Axis => {
  const taps = kernel === 'cubic' ? 4 : 2;
  const index = new Int32Array(to * taps);
  const weight = new Float32Array(to * taps);
  for (let place = 0; place < to; place++) {
    // The centre of the pixel, in the smaller axis: centres fall on one another in the middle of the picture, not at its corner.
    const centre = ((place + 0.5) * from) / to - 0.5;
    const below = Math.floor(centre);
    const t = centre - below;
    const weights = kernel === 'cubic' ? cubicWeights(t) : [1 - t, t];
    for (let tap = 0; tap < taps; tap++) {
      index[place * taps + tap] = Math.min(from - 1, Math.max(0, below + tap - (taps === 4 ? 1 : 0)));
      weight[place * taps + tap] = weights[tap] as number;
    }
  }
  return { taps, index, weight };
};

const widened = ({ widthPx, heightPx, channels, data }: Samples, toWidthPx: number, kernel: EnlargeKernel): Float32Array => {
  const { taps, index, weight } = axisOf(widthPx, toWidthPx, kernel);
  const wide = new Float32Array(toWidthPx * heightPx * channels);
  for (let y = 0, at = 0; y < heightPx; y++) {
    const row = y * widthPx * channels;
    for (let x = 0; x < toWidthPx; x++) {
      for (let channel = 0; channel < channels; channel++, at++) {
        let sum = 0;
        for (let tap = x * taps; tap < (x + 1) * taps; tap++) sum += (weight[tap] as number) * (data[row + (index[tap] as number) * channels + channel] as number);
        wide[at] = sum;
      }
    }
  }
  return wide;
};

/** Rows between two turns of the event loop: some milliseconds at 6000 px. */
const rowsATurn = 128;

/**
 * A larger picture with pixel centres kept in place. libvips' own enlarging lies up to a pixel to the right and below (0.8 px from 1024 to 6000, measured with
 * 8.18), which is seen at a mask's edge; its shrinking does not.
 * @throws RangeError when a side would become smaller
 */
export const enlarge = async (picture: Samples, toWidthPx: number, toHeightPx: number, kernel: EnlargeKernel): Promise<Uint8Array> => {
  const { widthPx, heightPx, channels } = picture;
  if (toWidthPx < widthPx || toHeightPx < heightPx) throw new RangeError(`${widthPx} x ${heightPx} is not enlarged to ${toWidthPx} x ${toHeightPx}`);
  const wide = widened(picture, toWidthPx, kernel);
  const { taps, index, weight } = axisOf(heightPx, toHeightPx, kernel);
  const stride = toWidthPx * channels;
  const out = new Uint8ClampedArray(stride * toHeightPx);
  for (let y = 0; y < toHeightPx; y++) {
    if (y % rowsATurn === rowsATurn - 1) await nextTurn();
    const first = y * taps;
    const target = y * stride;
    const row = (tap: number): number => (index[first + tap] as number) * stride;
    const share = (tap: number): number => weight[first + tap] as number;
    const [row0, row1, share0, share1] = [row(0), row(1), share(0), share(1)];
    if (taps === 2) {
      for (let x = 0; x < stride; x++) out[target + x] = share0 * (wide[row0 + x] as number) + share1 * (wide[row1 + x] as number);
      continue;
    }
    const [row2, row3, share2, share3] = [row(2), row(3), share(2), share(3)];
    for (let x = 0; x < stride; x++) {
      out[target + x] =
        share0 * (wide[row0 + x] as number) + share1 * (wide[row1 + x] as number) + share2 * (wide[row2 + x] as number) + share3 * (wide[row3 + x] as number);
    }
  }
  return new Uint8Array(out.buffer);
};
