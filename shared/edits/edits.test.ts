import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BugError } from '../errors/errors.ts';
import { applyEdit } from './applyEdit.ts';
import { editBytes, type Edit } from './edit.ts';
import { invertEdit } from './invertEdit.ts';
import { decodeEdit, encodeEdit } from './serialiseEdit.ts';
import { squashEdits } from './squashEdits.ts';
import { decodeTile, encodeTile, sameTile, uniformTile, uniformValue } from './tileCodec.ts';
import { tileAreaPx, tileCount, tileGrid, tileRect } from './tileGrid.ts';
import { blankTileState, type TileState } from './tileState.ts';

const widthPx = 300;
const heightPx = 270;
const grid = tileGrid(widthPx, heightPx);

/** A tile with runs of any lengths, so that uniform, sparse and noisy ones all occur. */
const tilePixels = (areaPx: number) =>
  fc.array(fc.nat(areaPx), { maxLength: 40 }).map((cuts) => {
    const pixels = new Uint8Array(areaPx);
    let value = 0;
    let start = 0;
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      pixels.fill(value, start, cut);
      start = cut;
      value ^= 255;
    }
    return pixels.fill(value, start);
  });

const stateArbitrary: fc.Arbitrary<TileState> = fc
  .tuple(...Array.from({ length: tileCount(grid) }, (_, index) => tilePixels(tileAreaPx(grid, index))))
  .map((tiles) => ({ grid, tiles: tiles.map((pixels) => encodeTile(pixels)) }));

const between = (from: TileState, to: TileState): Edit => ({
  widthPx,
  heightPx,
  tiles: from.tiles.flatMap((before, index) => {
    const after = to.tiles[index] ?? before;
    return sameTile(before, after) ? [] : [{ index, before, after }];
  }),
});

describe('tiles', () => {
  it('decode to what was encoded, and equal pixels give equal bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }).chain(tilePixels), (pixels) => {
        const encoded = encodeTile(pixels);
        const decoded = new Uint8Array(pixels.length).fill(7);
        decodeTile(encoded, decoded);
        expect(decoded).toEqual(pixels);
        expect(encodeTile(decoded)).toEqual(encoded);
      }),
    );
  });

  it('take 128 as inside and 127 as outside', () => {
    const decoded = new Uint8Array(6);
    decodeTile(encodeTile(Uint8Array.of(0, 127, 128, 200, 255, 1)), decoded);
    expect([...decoded]).toEqual([0, 0, 255, 255, 255, 0]);
  });

  it('cost one shared object when uniform', () => {
    expect(encodeTile(new Uint8Array(65_536))).toBe(uniformTile(0));
    expect(encodeTile(new Uint8Array(65_536).fill(255))).toBe(uniformTile(255));
    expect(uniformValue(encodeTile(Uint8Array.of(0, 255)))).toBeNull();
  });

  it('survive the worst case, a checkerboard of pixels', () => {
    const pixels = Uint8Array.from({ length: 65_536 }, (_, index) => ((index + (index >> 8)) & 1) * 255);
    const decoded = new Uint8Array(65_536);
    decodeTile(encodeTile(pixels), decoded);
    expect(decoded).toEqual(pixels);
  });

  it('are refused when the bytes are something else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const pixels = new Uint8Array(100);
        try {
          decodeTile(bytes, pixels);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect([...pixels].every((value) => value === 0 || value === 255)).toBe(true);
      }),
    );
  });

  it('cover the image exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (width, height) => {
        const some = tileGrid(width, height);
        let area = 0;
        for (let index = 0; index < tileCount(some); index++) area += tileAreaPx(some, index);
        expect(area).toBe(width * height);
        const last = tileRect(some, tileCount(some) - 1);
        expect([last.xPx + last.widthPx, last.yPx + last.heightPx]).toEqual([width, height]);
      }),
    );
  });
});

describe('edits', () => {
  it('apply and then invert is identity', () => {
    fc.assert(
      fc.property(stateArbitrary, stateArbitrary, (from, to) => {
        const edit = between(from, to);
        const applied = applyEdit(from, edit);
        expect(applied).toEqual(to);
        expect(applyEdit(applied, invertEdit(edit))).toEqual(from);
        expect(invertEdit(invertEdit(edit))).toEqual(edit);
      }),
      { numRuns: 40 },
    );
  });

  it('squashed do what one after the other does', () => {
    fc.assert(
      fc.property(stateArbitrary, stateArbitrary, stateArbitrary, (a, b, c) => {
        const squashed = squashEdits(between(a, b), between(b, c));
        expect(applyEdit(a, squashed)).toEqual(c);
        expect(squashed).toEqual(between(a, c));
      }),
      { numRuns: 40 },
    );
  });

  it('squashed with their own inverse leave nothing', () => {
    fc.assert(
      fc.property(stateArbitrary, stateArbitrary, (a, b) => {
        const edit = between(a, b);
        expect(squashEdits(edit, invertEdit(edit)).tiles).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('come back whole from bytes, and torn bytes are refused', () => {
    fc.assert(
      fc.property(stateArbitrary, stateArbitrary, fc.nat(), (a, b, cut) => {
        const edit = between(a, b);
        const bytes = encodeEdit(edit);
        expect(decodeEdit(bytes)).toEqual(edit);
        expect(() => decodeEdit(bytes.slice(0, cut % bytes.length))).toThrow(RangeError);
        expect(() => decodeEdit(Uint8Array.of(...bytes, 0))).toThrow(RangeError);
      }),
      { numRuns: 30 },
    );
  });

  it('leave the state that they were applied to as it was', () => {
    const blank = blankTileState(widthPx, heightPx);
    const edit = between(blank, { grid, tiles: blank.tiles.map(() => uniformTile(255)) });
    applyEdit(blank, edit);
    expect(blank).toEqual(blankTileState(widthPx, heightPx));
  });

  it('refuse a mask on which they were not made: undo never reaches into another item', () => {
    const blank = blankTileState(widthPx, heightPx);
    const full = { grid, tiles: blank.tiles.map(() => uniformTile(255)) };
    const edit = between(blank, full);
    expect(() => applyEdit(full, edit)).toThrow(BugError);
    expect(() => applyEdit(blankTileState(widthPx + 1, heightPx), edit)).toThrow(BugError);
    expect(() => squashEdits(edit, edit)).toThrow(BugError);
  });

  it('know their size: at least the bytes of their tiles', () => {
    fc.assert(
      fc.property(stateArbitrary, stateArbitrary, (a, b) => {
        const edit = between(a, b);
        const bytes = edit.tiles.reduce((sum, { before, after }) => sum + [before, after].reduce((all, tile) => all + (tile.length > 1 ? tile.length : 0), 0), 0);
        expect(editBytes(edit)).toBeGreaterThan(bytes);
        expect(editBytes(edit)).toBeLessThan(bytes + 1000 * (edit.tiles.length + 1));
      }),
      { numRuns: 20 },
    );
  });
});
