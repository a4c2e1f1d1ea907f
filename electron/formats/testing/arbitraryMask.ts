import fc from 'fast-check';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';

/** Draws what goes wrong elsewhere: holes, islands, rings in rings, lines of one pixel, single pixels, corners that touch, the border. */
const strokes = ['box', 'hole', 'line', 'column', 'pixel', 'diagonal', 'frame'] as const;

const draw = (bitmap: Bitmap, kind: (typeof strokes)[number], [ax, ay, bx, by]: readonly number[]): void => {
  const { widthPx, heightPx, data } = bitmap;
  const x0 = Math.floor((ax as number) * widthPx);
  const y0 = Math.floor((ay as number) * heightPx);
  const x1 = Math.min(widthPx - 1, x0 + Math.floor((bx as number) * widthPx));
  const y1 = Math.min(heightPx - 1, y0 + Math.floor((by as number) * heightPx));
  const set = (x: number, y: number, value = 255): void => {
    if (x < widthPx && y < heightPx) data[y * widthPx + x] = value;
  };
  const fill = (left: number, top: number, right: number, bottom: number, value: number): void => {
    for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) set(x, y, value);
  };
  switch (kind) {
    case 'box':
      return fill(x0, y0, x1, y1, 255);
    case 'hole':
      return fill(x0, y0, x1, y1, 0);
    case 'line':
      return fill(x0, y0, x1, y0, 255);
    case 'column':
      return fill(x0, y0, x0, y1, 255);
    case 'pixel':
      return set(x0, y0);
    case 'diagonal':
      for (let step = 0; x0 + step <= x1 && y0 + step <= y1; step++) set(x0 + step, y0 + step);
      return;
    case 'frame':
      fill(x0, y0, x1, y1, 255);
      return fill(x0 + 1, y0 + 1, x1 - 1, y1 - 1, 0);
  }
};

const side = fc.oneof({ weight: 1, arbitrary: fc.constant(1) }, { weight: 4, arbitrary: fc.integer({ min: 2, max: 40 }) }, { weight: 1, arbitrary: fc.integer({ min: 41, max: 130 }) });
/** Even over the picture: fast-check's doubles crowd at 0. */
const share = fc.noBias(fc.nat(998)).map((part) => part / 999);

const drawn = fc
  .record({ widthPx: side, heightPx: side, isFull: fc.boolean(), marks: fc.array(fc.tuple(fc.constantFrom(...strokes), fc.tuple(share, share, share, share)), { maxLength: 8 }) })
  .map(({ widthPx, heightPx, isFull, marks }) => {
    const bitmap = emptyBitmap(widthPx, heightPx);
    if (isFull) bitmap.data.fill(255);
    for (const [kind, place] of marks) draw(bitmap, kind, place);
    return bitmap;
  });

/** Noise of a few pixels: for what is not about shapes. */
export const smallMask = fc.tuple(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 17 })).chain(([widthPx, heightPx]) =>
  fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map((bits): Bitmap => ({ widthPx, heightPx, data: Uint8Array.from(bits, (bit) => (bit ? 255 : 0)) })),
);

/** Masks of all shapes, from 1 x 1: empty, full, 1 x N, N x 1, odd sizes, holes, islands, noise. */
export const arbitraryMask: fc.Arbitrary<Bitmap> = fc.oneof({ weight: 3, arbitrary: drawn }, { weight: 1, arbitrary: smallMask });
