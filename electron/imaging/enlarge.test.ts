import fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { enlarge } from './enlarge.ts';
import { rgbAt } from './preview.ts';
import { resizeGrey } from './resizeGrey.ts';

const mirrored = (data: Uint8Array, widthPx: number, channels = 1): Uint8Array =>
  data.map((_, at) => {
    const x = Math.floor(at / channels) % widthPx;
    return data[at + (widthPx - 1 - 2 * x) * channels] as number;
  });

const largestDifference = (a: Uint8Array, b: Uint8Array): number => a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0);

/** A smooth step from 0 to 255 whose middle is at `edgePx` of the width, in pixel corners. */
const softEdge = (widthPx: number, heightPx: number, edgePx: number, softPx: number): Uint8Array =>
  Uint8Array.from({ length: widthPx * heightPx }, (_, at) => 255 / (1 + Math.exp(-((at % widthPx) + 0.5 - edgePx) / softPx)));

const crossing = (row: Uint8Array): number => {
  const at = row.findIndex((value) => value >= 128);
  const [before, after] = [row[at - 1] as number, row[at] as number];
  return at - 0.5 + (127.5 - before) / (after - before);
};

it.each([
  [640, 1024],
  [1000, 1024],
  [1024, 3000],
  [1024, 6000],
  [256, 4000],
])('an edge in a map of %i px is where it was at %i px, to a third of a pixel', async (from, to) => {
  const edge = 0.37;
  const row = (await resizeGrey(softEdge(from, 4, edge * from, 1.5), from, 4, to, 9)).subarray(0, to);
  expect(Math.abs(crossing(row) - edge * to)).toBeLessThan(0.3);
});

it('the mirror image enlarged is the enlarged image mirrored, one axis shrinking or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 }), fc.infiniteStream(fc.integer({ min: 0, max: 255 })), fc.constantFrom('cubic', 'linear'), async (widthPx, heightPx, moreX, moreY, bytes, kernel) => {
      const data = Uint8Array.from([...bytes.take(widthPx * heightPx)]);
      const to = [widthPx + moreX, heightPx + moreY] as const;
      const plain = await enlarge({ widthPx, heightPx, channels: 1, data }, ...to, kernel);
      const turned = await enlarge({ widthPx, heightPx, channels: 1, data: mirrored(data, widthPx) }, ...to, kernel);
      expect(largestDifference(mirrored(plain, to[0]), turned)).toBeLessThanOrEqual(1);
      if (moreX === 0 && moreY === 0) expect(plain).toEqual(data);
    }),
    { numRuns: 60 },
  );
});

it('a flat map stays flat, and overshoot is cut', async () => {
  const flat = await enlarge({ widthPx: 3, heightPx: 2, channels: 3, data: new Uint8Array(18).fill(77) }, 20, 31, 'cubic');
  expect(new Set(flat)).toEqual(new Set([77]));
  const step = await enlarge({ widthPx: 4, heightPx: 1, channels: 1, data: Uint8Array.of(0, 0, 255, 255) }, 64, 1, 'cubic');
  expect([step[0], step[63]]).toEqual([0, 255]);
});

it('a small photo enlarged for a model lies as its mirror image does', async () => {
  const [widthPx, heightPx] = [64, 40];
  const grey = softEdge(widthPx, heightPx, 20.3, 2);
  const rgb = Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, at) => grey[Math.floor(at / 3)] as number);
  const png = (data: Uint8Array): Promise<Buffer> => sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } }).png().toBuffer();
  for (const filter of ['sharp', 'linear'] as const) {
    const plain = await rgbAt(await png(rgb), 103, 30, 'exif', filter, 10);
    const turned = await rgbAt(await png(mirrored(rgb, widthPx, 3)), 103, 30, 'exif', filter, 10);
    expect(largestDifference(mirrored(plain.data, 103, 3), turned.data)).toBeLessThanOrEqual(2);
  }
});
