import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaOfTiles } from './areaOfTiles.ts';
import { changeOfTiles } from './changeOfTiles.ts';
import { encodeTile } from './tileCodec.ts';
import { tileAreaPx, tileCount, tileGrid } from './tileGrid.ts';

test('counts what a count of decoded pixels counts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 90 }), fc.boolean(), (widthPx, heightPx, periodPx, isFull) => {
      const grid = tileGrid(widthPx, heightPx);
      const tiles = Array.from({ length: tileCount(grid) }, (_, index) =>
        encodeTile(Uint8Array.from({ length: tileAreaPx(grid, index) }, (_pixel, at) => (isFull || (at * 7 + index) % periodPx < periodPx / 3 ? 255 : 0))),
      );
      const state = { grid, tiles };
      expect(areaOfTiles(state)).toBe(changeOfTiles(state, state).afterPx);
    }),
    { numRuns: 40 },
  );
});
