import { boxMean } from './boxMean.ts';

/** A colour picture (0..1 a channel) and what is to be filtered along its edges, all of the same size; row-major. */
export interface Guided {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly input: Float32Array;
}

/** The output at a pixel is `red * r + green * g + blue * b + constant`, with the pixel's own colour. */
export interface GuidedCoefficients {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly constant: Float32Array;
}

/**
 * Guided filter with a colour guide (He, Sun and Tang, "Guided Image Filtering", TPAMI 2013, equations 14 to 16): in each window the output is a linear
 * function of the colours, fitted to the input with the regulariser epsilon; a pixel takes the mean of the functions of all windows that hold it. The
 * coefficients are given, not the output: they are smooth, so that they may be worked out on a smaller picture and used on the whole one (He and Sun,
 * "Fast Guided Filter", 2015).
 * @param halfPx windows are squares of `2 * halfPx + 1`
 * @param epsilon above 0, in squares of colours of 0..1: the larger, the less it follows the picture
 */
export const guidedCoefficients = ({ widthPx, heightPx, red, green, blue, input }: Guided, halfPx: number, epsilon: number): GuidedCoefficients => {
  const count = widthPx * heightPx;
  const scratch = new Float32Array(count);
  const mean = (values: Float32Array): Float32Array => {
    boxMean(values, widthPx, heightPx, halfPx, scratch);
    return values;
  };
  const product = (a: Float32Array, b: Float32Array): Float32Array => {
    const values = new Float32Array(count);
    for (let at = 0; at < count; at++) values[at] = (a[at] as number) * (b[at] as number);
    return mean(values);
  };
  const [meanR, meanG, meanB, meanP] = [mean(red.slice()), mean(green.slice()), mean(blue.slice()), mean(input.slice())];
  const [rr, rg, rb, gg, gb, bb] = [product(red, red), product(red, green), product(red, blue), product(green, green), product(green, blue), product(blue, blue)];
  const [rp, gp, bp] = [product(red, input), product(green, input), product(blue, input)];
  // The means are not needed any more where the coefficients go.
  const [outR, outG, outB, constant] = [new Float32Array(count), new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let at = 0; at < count; at++) {
    const [mr, mg, mb, mp] = [meanR[at] as number, meanG[at] as number, meanB[at] as number, meanP[at] as number];
    // The covariance of the colours with epsilon on its diagonal, and that of colours and input.
    const srr = (rr[at] as number) - mr * mr + epsilon;
    const srg = (rg[at] as number) - mr * mg;
    const srb = (rb[at] as number) - mr * mb;
    const sgg = (gg[at] as number) - mg * mg + epsilon;
    const sgb = (gb[at] as number) - mg * mb;
    const sbb = (bb[at] as number) - mb * mb + epsilon;
    const cr = (rp[at] as number) - mr * mp;
    const cg = (gp[at] as number) - mg * mp;
    const cb = (bp[at] as number) - mb * mp;
    // Its inverse by cofactors; symmetric and positive, the determinant is at least epsilon cubed but for rounding.
    const irr = sgg * sbb - sgb * sgb;
    const irg = srb * sgb - srg * sbb;
    const irb = srg * sgb - srb * sgg;
    const igg = srr * sbb - srb * srb;
    const igb = srb * srg - srr * sgb;
    const ibb = srr * sgg - srg * srg;
    const share = 1 / Math.max(srr * irr + srg * irg + srb * irb, epsilon * epsilon * epsilon);
    const ar = (irr * cr + irg * cg + irb * cb) * share;
    const ag = (irg * cr + igg * cg + igb * cb) * share;
    const ab = (irb * cr + igb * cg + ibb * cb) * share;
    outR[at] = ar;
    outG[at] = ag;
    outB[at] = ab;
    constant[at] = mp - ar * mr - ag * mg - ab * mb;
  }
  return { red: mean(outR), green: mean(outG), blue: mean(outB), constant: mean(constant) };
};
