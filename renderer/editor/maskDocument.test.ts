import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { sameBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { invertEdit } from '../../shared/edits/invertEdit.ts';
import { editBetween } from './editBetween.ts';
import { MaskDocument } from './maskDocument.ts';
import { tilesOf } from './maskSource.ts';
import { capsuleSpans } from './raster/capsuleSpans.ts';
import { fillSpans } from './raster/fillSpans.ts';
import { createSpans } from './raster/spans.ts';

/** Masks over several tiles, cut off at odd sizes. */
const bitmaps: fc.Arbitrary<Bitmap> = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 700 }),
    heightPx: fc.integer({ min: 1, max: 530 }),
    discs: fc.array(fc.tuple(fc.integer({ min: -50, max: 700 }), fc.integer({ min: -50, max: 530 }), fc.integer({ min: 1, max: 400 })), { maxLength: 4 }),
    invert: fc.boolean(),
  })
  .map(({ widthPx, heightPx, discs, invert }) => {
    const data = new Uint8Array(widthPx * heightPx);
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const inside = discs.some(([cx, cy, r]) => (x - cx) ** 2 + (y - cy) ** 2 < r * r);
        data[y * widthPx + x] = inside === invert ? 0 : 255;
      }
    }
    return { widthPx, heightPx, data };
  });

const paint = (document: MaskDocument, x: number, y: number, radiusPx: number, value: number) => {
  const transaction = document.begin();
  const spans = createSpans();
  const dab = { xImagePx: x, yImagePx: y, radiusPx };
  capsuleSpans(spans, dab, dab, document.widthPx, document.heightPx);
  fillSpans(transaction, spans, value);
  return transaction;
};

describe('the mask in hand', () => {
  it('gives back the bitmap and the run lengths that it was made of', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const rle = encodeRle(bitmap);
        for (const document of [new MaskDocument(tilesOf({ bitmap })), new MaskDocument(tilesOf({ rle }))]) {
          expect(sameBitmap(document.toBitmap(), bitmap)).toBe(true);
          expect(document.toRle()).toEqual(rle);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('encodes after every change what a fresh encoder would', () => {
    const strokes = fc.array(fc.tuple(fc.integer({ min: -20, max: 720 }), fc.integer({ min: -20, max: 550 }), fc.integer({ min: 1, max: 200 }), fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(bitmaps, strokes, (bitmap, list) => {
        const document = new MaskDocument(tilesOf({ bitmap }));
        for (const [x, y, radius, erases] of list) {
          const transaction = paint(document, x, y, radius, erases ? 0 : 255);
          expect(document.toRle()).toEqual(encodeRle(document.toBitmap()));
          const edit = transaction.commit();
          expect(document.toRle()).toEqual(encodeRle(document.toBitmap()));
          if (edit === null) continue;
          document.apply(invertEdit(edit));
          expect(document.toRle()).toEqual(encodeRle(document.toBitmap()));
          document.apply(edit);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('rolls back to what it was and says what has to be drawn again', () => {
    fc.assert(
      fc.property(bitmaps, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 530 }), (bitmap, x, y) => {
        const document = new MaskDocument(tilesOf({ bitmap }));
        const transaction = paint(document, x, y, 60, bitmap.data[0] === 0 ? 255 : 0);
        const painted = transaction.takeChanged();
        expect(transaction.rollBack()).toEqual(painted);
        expect(sameBitmap(document.toBitmap(), bitmap)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('tells of every pixel that an edit changes, and of no tile beyond', () => {
    fc.assert(
      fc.property(bitmaps, fc.nat(), (bitmap, seed) => {
        const other = { ...bitmap, data: bitmap.data.map((value, index) => ((index * 31 + seed) % 997 === 0 ? 255 - value : value)) };
        const document = new MaskDocument(tilesOf({ bitmap }));
        const edit = editBetween(document.state, tilesOf({ bitmap: other }));
        if (edit === null) return;
        const rects = document.apply(edit);
        const told = new Uint8Array(bitmap.data.length);
        for (const { xPx, yPx, widthPx, heightPx } of rects) {
          for (let y = yPx; y < yPx + heightPx; y++) told.fill(1, y * bitmap.widthPx + xPx, y * bitmap.widthPx + xPx + widthPx);
        }
        const missed = other.data.findIndex((value, index) => value !== bitmap.data[index] && told[index] === 0);
        expect(missed).toBe(-1);
        expect(sameBitmap(document.toBitmap(), other)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('costs nothing where it is uniform, and nothing is kept of a stroke that changed nothing', () => {
    const document = new MaskDocument(tilesOf({ blank: { widthPx: 6000, heightPx: 4000 } }));
    expect(new Set(document.state.tiles).size).toBe(1);
    expect(paint(document, 3000, 2000, 500, 0).commit()).toBeNull();
    const edit = paint(document, 3000, 2000, 500, 255).commit();
    expect(edit?.tiles.length).toBeLessThan(30);
    expect(new Set(document.state.tiles).size).toBeLessThan(25);
  });

  it('is right when more tiles are mixed than are kept as bytes', () => {
    const widthPx = 256 * 12;
    const heightPx = 256 * 11;
    const data = Uint8Array.from({ length: widthPx * heightPx }, (_, index) => ((index >> 3) % 5 === 0 ? 255 : 0));
    const document = new MaskDocument(tilesOf({ bitmap: { widthPx, heightPx, data } }));
    const edit = paint(document, widthPx / 2, heightPx / 2, 1300, 255).commit();
    expect(edit?.tiles.length).toBeGreaterThan(64);
    expect(Buffer.compare(document.toRle(), encodeRle(document.toBitmap()))).toBe(0);
    if (edit !== null) document.apply(invertEdit(edit));
    expect(sameBitmap(document.toBitmap(), { widthPx, heightPx, data })).toBe(true);
  });

  it('encodes rows of more tiles than are kept as bytes', () => {
    const widthPx = 256 * 70;
    const data = Uint8Array.from({ length: widthPx * 3 }, (_, index) => (index % 11 < 4 ? 255 : 0));
    const bitmap = { widthPx, heightPx: 3, data };
    expect(new MaskDocument(tilesOf({ bitmap })).toRle()).toEqual(encodeRle(bitmap));
  });

  it('refuses bytes that are no mask', () => {
    expect(() => tilesOf({ rle: Uint8Array.of(3, 3, 4) })).toThrow(RangeError);
    expect(() => tilesOf({ rle: Uint8Array.of(3, 3, 10) })).toThrow(RangeError);
    expect(() => tilesOf({ rle: Uint8Array.of(3, 3, 9, 1) })).toThrow(RangeError);
    expect(() => tilesOf({ rle: new Uint8Array() })).toThrow(RangeError);
    expect(() => tilesOf({ bitmap: { widthPx: 2, heightPx: 2, data: new Uint8Array(3) } })).toThrow(RangeError);
  });
});
