import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBytes, matteBytes, quantise } from './quantise.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const mapOf = (values: readonly number[]) => ({ widthPx: values.length, heightPx: 1, data: Float32Array.from(values) });
const maskOf = (values: readonly number[], threshold: number): number[] => {
  const { data, cut } = quantise(mapOf(values), threshold);
  return [...cutBytes(data, cut)];
};

describe('cutting a probability map in 8 bits', () => {
  it('is exact but for half a step, and half a sixteenth of one near 0 and 1', () => {
    fc.assert(
      fc.property(probability, probability, (value, threshold) => {
        const stepped = threshold < 0.02 || threshold > 0.98 ? 1 / 4080 : 1 / 255;
        fc.pre(Math.abs(value - threshold) > stepped);
        expect(maskOf([value], threshold)[0]).toBe(value > threshold ? 255 : 0);
      }),
    );
  });

  it('takes what lies at the threshold', () => {
    expect(maskOf([0.5, 0.498], 0.5)).toEqual([255, 0]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (thousandth) => {
        const value = Math.fround(thousandth / 1000);
        expect(maskOf([value], value)).toEqual([255]);
      }),
    );
  });

  it('never grows when the threshold does', () => {
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 50 }), probability, probability, (values, a, b) => {
        // Two thresholds on different sides of the stretch may differ by a step in what they call the same.
        fc.pre(Math.abs(a - b) > 1 / 128);
        const low = maskOf(values, Math.min(a, b));
        const high = maskOf(values, Math.max(a, b));
        high.forEach((byte, index) => expect(byte).toBeLessThanOrEqual(low[index] as number));
      }),
    );
  });

  it('tells apart thresholds that 8 bits would not', () => {
    expect(maskOf([0.001, 0.003], 0.002)).toEqual([0, 255]);
    expect(maskOf([0.997, 0.999], 0.998)).toEqual([0, 255]);
    expect(maskOf([0, 0.0005], 0)).toEqual([255, 255]);
    expect(maskOf([0, 0.0005], 0.0001)[0]).toBe(0);
    expect(maskOf([0.5, 1], 1)).toEqual([0, 255]);
  });

  it('keeps the soft edge as it is for the matte', () => {
    expect([...matteBytes(mapOf([0, 0.25, 0.5, 1]))]).toEqual([0, 64, 128, 255]);
  });
});
