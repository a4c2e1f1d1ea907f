import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partOperations } from '../domain/maskPart.ts';
import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { combineTiles, keepEdits, type TileLayer } from '../edits/combineTiles.ts';
import { sameTile } from '../edits/tileCodec.ts';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import type { TileState } from '../edits/tileState.ts';
import { sameBitmap, type Bitmap } from '../mask/bitmap.ts';
import { combineParts } from '../mask/combineParts.ts';
import type { RasterContext } from './job.ts';
import { nearestCombination } from './nearestCombination.ts';
import { recombine, type RecombineInput, type Recombined } from './recombine.ts';

/** Over the edges of four tiles, which are whole, empty or torn. */
const size = { widthPx: 300, heightPx: 260 };
const context: RasterContext = { photo: () => Promise.reject(new Error('No photo is needed')) };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly isInside: boolean;
}

const box: fc.Arbitrary<Box> = fc.record({ left: fc.integer({ min: 0, max: 300 }), top: fc.integer({ min: 0, max: 260 }), right: fc.integer({ min: 0, max: 300 }), bottom: fc.integer({ min: 0, max: 260 }), isInside: fc.boolean() });

const drawn = (boxes: readonly Box[], on?: Bitmap): Bitmap => {
  const data = on === undefined ? new Uint8Array(size.widthPx * size.heightPx) : on.data.slice();
  for (const { left, top, right, bottom, isInside } of boxes) for (let y = top; y < bottom; y++) data.fill(isInside ? 255 : 0, y * size.widthPx + left, y * size.widthPx + Math.max(left, right));
  return { ...size, data };
};

const boxes = fc.array(box, { maxLength: 4 });
const whole: Box = { left: 0, top: 0, right: 300, bottom: 260, isInside: true };
const bitmap: fc.Arbitrary<Bitmap> = fc.oneof(boxes.map((all) => drawn(all)), fc.constant(drawn([whole])), fc.constant(drawn([])));
const layers = fc.array(fc.record({ operation: fc.constantFrom(...partOperations), mask: bitmap, isOn: fc.boolean() }), { maxLength: 4 });

const asTiles = (parts: readonly { readonly operation: TileLayer['operation']; readonly mask: Bitmap; readonly isOn: boolean }[]): readonly TileLayer[] => parts.map((part) => ({ ...part, mask: tilesOfBitmap(part.mask) }));
const sameTiles = (a: TileState, b: TileState): boolean => a.tiles.every((tile, index) => sameTile(tile, b.tiles[index] as Uint8Array));
const { grid } = tilesOfBitmap(drawn([]));
const run = (input: RecombineInput): Recombined => recombine.run(input, context) as Recombined;

it('joins tiles as the recipe joins pixels', () => {
  fc.assert(fc.property(layers, (parts) => sameBitmap(bitmapOfTiles(combineTiles(asTiles(parts), grid)), combineParts(parts, size))), { numRuns: 60 });
});

it('with all parts as the recipe had them is the stored mask', () => {
  fc.assert(
    fc.property(layers, fc.boolean(), (parts, keepsEdits) => {
      const stored = tilesOfBitmap(combineParts(parts, size));
      const { mask, change, editedPx } = run({ base: stored, layers: asTiles(parts), candidates: [asTiles(parts)], keepsEdits });
      expect(sameTiles(mask, stored)).toBe(true);
      expect([change.addedPx, change.removedPx, editedPx]).toEqual([0, 0, 0]);
    }),
    { numRuns: 40 },
  );
});

it('keeps every pixel that a person changed, and joins all others anew', () => {
  fc.assert(
    fc.property(layers, layers, boxes, (before, after, strokes) => {
      const stored = combineParts(before, size);
      const painted = drawn(strokes, stored);
      const wanted = combineParts(after, size);
      const expected = wanted.data.map((value, at) => (painted.data[at] === stored.data[at] ? value : (painted.data[at] as number)));
      const given = { base: tilesOfBitmap(painted), layers: asTiles(after), candidates: [asTiles(before)] };
      expect(sameBitmap(bitmapOfTiles(run({ ...given, keepsEdits: true }).mask), { ...size, data: expected })).toBe(true);
      expect(sameBitmap(bitmapOfTiles(run({ ...given, keepsEdits: false }).mask), wanted)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('there and back again is where it began, with what was painted', () => {
  fc.assert(
    fc.property(layers, layers, boxes, (one, other, strokes) => {
      const base = tilesOfBitmap(drawn(strokes, combineParts(one, size)));
      const [first, second] = [combineTiles(asTiles(one), grid), combineTiles(asTiles(other), grid)];
      const there = keepEdits(second, first, base);
      // Where the other way has by itself what was painted, nothing tells that it was.
      const back = bitmapOfTiles(keepEdits(first, second, there)).data;
      const [was, way] = [bitmapOfTiles(base).data, bitmapOfTiles(second).data];
      expect(back.every((value, at) => value === was[at] || was[at] === way[at])).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('tells which way of joining a painted mask came from', () => {
  const [product, hand] = [drawn([{ left: 20, top: 20, right: 280, bottom: 240, isInside: true }]), drawn([{ left: 200, top: 100, right: 290, bottom: 230, isInside: true }])];
  const ways = [true, false].map((isOn) => asTiles([{ operation: 'add', mask: product, isOn: true }, { operation: 'subtract', mask: hand, isOn }]));
  const stroke: Box = { left: 40, top: 40, right: 60, bottom: 50, isInside: false };
  ways.forEach((way, index) => {
    const painted = tilesOfBitmap(drawn([stroke], bitmapOfTiles(combineTiles(way, grid))));
    expect(nearestCombination(painted, ways)).toMatchObject({ index, editedPx: 200 });
  });
  expect(() => nearestCombination(ways[0]?.[0]?.mask as TileState, [])).toThrow(RangeError);
});

it('refuses parts of another size', () => {
  const small = tilesOfBitmap({ widthPx: 2, heightPx: 2, data: new Uint8Array(4) });
  expect(() => combineTiles([{ operation: 'add', mask: small, isOn: true }], grid)).toThrow('does not lie on');
});
