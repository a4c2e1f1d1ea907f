import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillPlanes } from './planar.ts';

const three = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<[number, number, number]> => fc.tuple(arbitrary, arbitrary, arbitrary);

it('lies at the upper left of a larger tensor, on zeros', () => {
  const planes = new Float32Array(3 * 4 * 3).fill(NaN);
  const data = Uint8Array.from({ length: 3 * 2 * 3 }, (_, index) => index + 1);
  fillPlanes({ type: 'picture', dims: [1, 3, 4, 3], data, divisor: 1, mean: [0, 0, 0], std: [1, 1, 1], pictureSize: { widthPx: 2, heightPx: 3 } }, planes);
  expect([...planes.subarray(0, 12)]).toEqual([1, 4, 0, 7, 10, 0, 13, 16, 0, 0, 0, 0]);
  expect([...planes.subarray(24)]).toEqual([3, 6, 0, 9, 12, 0, 15, 18, 0, 0, 0, 0]);
});

it('is the formula of the descriptor, a plane a channel', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1, 255, 256),
      three(fc.double({ min: -2, max: 2, noNaN: true })),
      three(fc.double({ min: 0.1, max: 4, noNaN: true })),
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (widthPx, heightPx, divisor, mean, std, bytes) => {
        const data = Uint8Array.from([...bytes.take(3 * widthPx * heightPx)]);
        const planes = new Float32Array(data.length).fill(NaN);
        fillPlanes({ type: 'picture', dims: [1, 3, heightPx, widthPx], data, divisor, mean, std }, planes);
        for (let channel = 0; channel < 3; channel++) {
          for (let pixel = 0; pixel < widthPx * heightPx; pixel++) {
            const wanted = ((data[3 * pixel + channel] as number) / divisor - (mean[channel] as number)) / (std[channel] as number);
            expect(planes[channel * widthPx * heightPx + pixel]).toBeCloseTo(wanted, divisor === 1 ? 2 : 4);
          }
        }
      },
    ),
  );
});
