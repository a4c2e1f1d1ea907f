import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillPlanes } from './planar.ts';

const three = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<[number, number, number]> => fc.tuple(arbitrary, arbitrary, arbitrary);

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
