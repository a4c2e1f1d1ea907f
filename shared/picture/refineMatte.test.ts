import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../mask/bitmap.ts';
import { guidedCoefficients } from './guidedFilter.ts';
import { refineMatte } from './refineMatte.ts';
import type { RgbaImage } from './rgbaImage.ts';

const maskOf = (widthPx: number, heightPx: number, isInside: (x: number, y: number) => boolean): Bitmap => ({
  widthPx,
  heightPx,
  data: Uint8Array.from({ length: widthPx * heightPx }, (_, at) => (isInside(at % widthPx, Math.floor(at / widthPx)) ? 255 : 0)),
});
const photoOf = (widthPx: number, heightPx: number, colour: (x: number, y: number) => readonly [number, number, number]): RgbaImage => ({
  widthPx,
  heightPx,
  data: Uint8ClampedArray.from(Array.from({ length: widthPx * heightPx }, (_, at) => [...colour(at % widthPx, Math.floor(at / widthPx)), 255]).flat()),
});

describe('the guided filter', () => {
  it('is a least squares fit in each window: what is a linear function of the colours comes back as it is', () => {
    const [widthPx, heightPx] = [9, 7];
    // Noise: where colours hardly differ in a window the fit is loose by the regulariser and by rounding.
    const plane = fc.integer({ min: 1, max: 1_000_000 }).map((seed) => Float32Array.from({ length: 63 }, (_, at) => Math.abs(Math.sin(seed * 12.9898 + at * 78.233) * 43758.5453) % 1));
    fc.assert(
      fc.property(plane, plane, plane, fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)), (red, green, blue, [r, g, b]) => {
        const input = Float32Array.from(red, (value, at) => (r * value + g * (green[at] as number) + b * (blue[at] as number)) / 12 + 0.1);
        const fit = guidedCoefficients({ widthPx, heightPx, red, green, blue, input }, 2, 1e-7);
        input.forEach((value, at) => {
          const output =
            (fit.red[at] as number) * (red[at] as number) + (fit.green[at] as number) * (green[at] as number) + (fit.blue[at] as number) * (blue[at] as number) + (fit.constant[at] as number);
          expect(Math.abs(output - value)).toBeLessThan(0.02);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is the mean over two windows where nothing is followed', () => {
    const flat = new Float32Array(25).fill(0.5);
    const input = Float32Array.from({ length: 25 }, (_, at) => (at === 12 ? 1 : 0));
    const fit = guidedCoefficients({ widthPx: 5, heightPx: 5, red: flat, green: flat, blue: flat, input }, 1, 0.01);
    // Windows that hold the middle have the mean 1/9 each; the middle lies in nine of them.
    expect(fit.constant[12] as number + ((fit.red[12] as number) + (fit.green[12] as number) + (fit.blue[12] as number)) * 0.5).toBeCloseTo(1 / 9, 5);
  });
});

describe('refining an edge', () => {
  const [widthPx, heightPx] = [120, 60];
  const step = (edge: number) => photoOf(widthPx, heightPx, (x) => (x < edge ? [200, 60, 40] : [30, 90, 160]));
  const row = (alpha: Uint8Array, y = 30): Uint8Array => alpha.subarray(y * widthPx, (y + 1) * widthPx);

  it('moves to the photo’s contour where the mask is a few pixels off', () => {
    for (const edge of [54, 66]) {
      const alpha = row(refineMatte(step(edge), maskOf(widthPx, heightPx, (x) => x < 60), { bandPx: 40, softness: 0, shiftPx: 0 }));
      const cut = alpha.findIndex((value) => value < 128);
      expect(Math.abs(cut - edge)).toBeLessThanOrEqual(1);
    }
  });

  it('is hard away from the band, and exactly the mask where there is no edge', () => {
    const mask = maskOf(widthPx, heightPx, (x) => x < 60);
    const alpha = refineMatte(step(63), mask, { bandPx: 20, softness: 0.5, shiftPx: 0 });
    for (let at = 0; at < alpha.length; at++) if (Math.abs((at % widthPx) + 0.5 - 60) > 14) expect(alpha[at]).toBe(mask.data[at]);
    for (const full of [true, false]) {
      const plain = maskOf(widthPx, heightPx, () => full);
      expect(refineMatte(step(63), plain, { bandPx: 20, softness: 0.5, shiftPx: 0 })).toEqual(plain.data);
    }
  });

  it('is softer the larger the softness, and moves with the shift', () => {
    const mask = maskOf(widthPx, heightPx, (x) => x < 60);
    const soft = (softness: number): number => row(refineMatte(step(60), mask, { bandPx: 40, softness, shiftPx: 0 })).filter((value) => value > 8 && value < 247).length;
    expect(soft(0)).toBeLessThan(soft(0.9));
    const flat = photoOf(widthPx, heightPx, () => [90, 90, 90]);
    const cutAt = (shiftPx: number): number => row(refineMatte(flat, mask, { bandPx: 10, softness: 0.5, shiftPx })).findIndex((value) => value < 128);
    expect([cutAt(-6), cutAt(0), cutAt(6)]).toEqual([54, 60, 66]);
  });

  it('is the same whatever cells it is worked out in', () => {
    // A picture of many cells against the same picture shifted by less than a cell, in blocks of the reduction.
    const [wide, high] = [420, 300];
    const inside = (x: number, y: number): boolean => (x - 210) ** 2 / 150 ** 2 + (y - 150) ** 2 / 100 ** 2 < 1;
    const colour = (x: number, y: number): [number, number, number] => (inside(x + 3, y) ? [180 + (x % 7), 70, 50 + (y % 11)] : [40, 100 + (y % 5), 140]);
    const settings = { bandPx: 24, softness: 0.4, shiftPx: 0 };
    const whole = refineMatte(photoOf(wide, high, colour), maskOf(wide, high, inside), settings);
    const moved = refineMatte(photoOf(wide, high, (x, y) => colour(x + 32, y)), maskOf(wide, high, (x, y) => inside(x + 32, y)), settings);
    for (let y = 0; y < high; y++) {
      for (let x = 80; x < 340; x++) expect(Math.abs((whole[y * wide + x] as number) - (moved[y * wide + x - 32] as number))).toBeLessThanOrEqual(2);
    }
  });

  it('refuses what does not fit', () => {
    const mask = maskOf(10, 10, (x) => x < 5);
    expect(() => refineMatte(step(5), mask, { bandPx: 10, softness: 0, shiftPx: 0 })).toThrow('is not that of a mask');
    const photo = photoOf(10, 10, () => [0, 0, 0]);
    expect(() => refineMatte(photo, mask, { bandPx: 1, softness: 0, shiftPx: 0 })).toThrow('from 2 to 200');
    expect(() => refineMatte(photo, mask, { bandPx: 4, softness: 0, shiftPx: 51 })).toThrow('up to 50');
  });
});
