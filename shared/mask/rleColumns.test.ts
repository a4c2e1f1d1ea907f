import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from './bitmap.ts';
import { decodeColumnRle, encodeColumnRle } from './rleColumns.ts';

/** Cut out of a larger buffer, so that it may begin anywhere; widths of one to a few words; sometimes soft values. */
const masks = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.nat(3), fc.integer({ min: 1, max: 30 }))
  .chain(([widthPx, heightPx, offset, stretch]) =>
    fc.array(fc.constantFrom(0, 0, 255, 255, 127, 128), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map((values): Bitmap => {
      const whole = new Uint8Array(widthPx * heightPx + offset + 3).fill(255);
      whole.set(values.map((_, index) => values[index - (index % stretch)] as number), offset);
      return { widthPx, heightPx, data: whole.subarray(offset, offset + widthPx * heightPx) };
    }),
  );

/** As plainly as can be. */
const downTheColumns = ({ widthPx, heightPx, data }: Bitmap): number[] => {
  const counts = [0];
  for (let x = 0; x < widthPx; x++) {
    for (let y = 0; y < heightPx; y++) {
      if ((data[y * widthPx + x] as number) >= 128 !== (counts.length % 2 === 0)) counts.push(0);
      counts[counts.length - 1] = (counts.at(-1) as number) + 1;
    }
  }
  return counts;
};

describe('runs down the columns', () => {
  it('are those of the way down the columns, for every width, wherever the mask begins in memory', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const { size, counts } = encodeColumnRle(mask);
        expect(size).toEqual([mask.heightPx, mask.widthPx]);
        expect([...counts]).toEqual(downTheColumns(mask));
        expect(decodeColumnRle({ size, counts })).toEqual({ ...mask, data: Uint8Array.from(mask.data, (value) => (value >= 128 ? 255 : 0)) });
      }),
      { numRuns: 500 },
    );
  });

  it('may be of no length: a change that is taken back at once is none', () => {
    fc.assert(
      fc.property(masks, fc.array(fc.nat(), { maxLength: 5 }), (mask, places) => {
        const counts = [...encodeColumnRle(mask).counts];
        for (const place of places) {
          const index = place % counts.length;
          const count = counts[index] as number;
          counts.splice(index, 1, place % (count + 1), 0, count - (place % (count + 1)));
        }
        expect(decodeColumnRle({ size: [mask.heightPx, mask.widthPx], counts }).data).toEqual(decodeColumnRle(encodeColumnRle(mask)).data);
      }),
    );
  });

  it('of a mask without pixels are one of none', () => {
    for (const [widthPx, heightPx] of [[0, 0], [0, 5], [5, 0]] as const) {
      const rle = encodeColumnRle({ widthPx, heightPx, data: new Uint8Array(0) });
      expect([...rle.counts]).toEqual([0]);
      expect(decodeColumnRle(rle)).toEqual({ widthPx, heightPx, data: new Uint8Array(0) });
    }
  });
});
