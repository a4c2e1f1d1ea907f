import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogitRows, type GridAxis, type LogitGrid } from './logitRows.ts';

/** The value by the formula, one pixel at a time. */
const valueAt = ({ widthPx, logits }: LogitGrid, x: GridAxis, y: GridAxis, column: number, row: number): number => {
  const u = Math.min(Math.max(x.start + column * x.step, 0), x.last);
  const v = Math.min(Math.max(y.start + row * y.step, 0), y.last);
  const at = (cellX: number, cellY: number): number => logits[Math.min(cellY, y.last) * widthPx + Math.min(cellX, x.last)] as number;
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const upper = at(i, j) + (u - i) * (at(i + 1, j) - at(i, j));
  const lower = at(i, j + 1) + (u - i) * (at(i + 1, j + 1) - at(i, j + 1));
  return upper + (v - j) * (lower - upper);
};

const axis = (cells: number): fc.Arbitrary<GridAxis> =>
  fc.record({
    start: fc.double({ min: -2, max: cells, noNaN: true }),
    step: fc.double({ min: 0.02, max: 3, noNaN: true }),
    count: fc.integer({ min: 1, max: 60 }),
    last: fc.integer({ min: 0, max: cells - 1 }),
  });

const cells = 12;
const grids = fc
  .array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: cells * cells, maxLength: cells * cells })
  .map((values): LogitGrid => ({ widthPx: cells, heightPx: cells, logits: Float32Array.from(values) }));

describe('rows of logits', () => {
  it('are inside where the bilinear value is above 0', () => {
    fc.assert(
      fc.property(grids, axis(cells), axis(cells), (grid, x, y) => {
        const rows = new LogitRows(grid, x, y);
        for (let row = 0; row < y.count; row++) {
          const runs = rows.runsOf(row);
          const isInside = new Array<boolean>(x.count).fill(false);
          let before = -1;
          for (let index = 0; index < runs.length; index += 2) {
            const [from, to] = [runs[index] as number, runs[index + 1] as number];
            expect(from).toBeGreaterThan(before);
            expect(to).toBeGreaterThan(from);
            isInside.fill(true, from, to);
            before = to;
          }
          expect(before).toBeLessThanOrEqual(x.count);
          for (let column = 0; column < x.count; column++) {
            const value = valueAt(grid, x, y, column, row);
            // Single precision decides what lies on the border itself.
            if (Math.abs(value) > 1e-4) expect(isInside[column], `${column},${row}: ${value}`).toBe(value > 0);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('of a straight edge have it where it is, at any scale', () => {
    // Logits fall from left to right and are 0 at the grid's place 100.25.
    const grid: LogitGrid = { widthPx: 256, heightPx: 256, logits: Float32Array.from({ length: 256 * 256 }, (_, index) => 100.25 - (index % 256)) };
    for (const pixels of [180, 256, 700, 4000]) {
      const step = 256 / pixels;
      const every: GridAxis = { start: step / 2 - 0.5, step, count: pixels, last: 255 };
      const [from, to] = new LogitRows(grid, every, every).runsOf(Math.floor(pixels / 2));
      expect(from).toBe(0);
      // Of a pixel whose centre is left of the edge: (p + 0.5) * step - 0.5 < 100.25
      expect(Math.abs((to as number) - (100.75 / step))).toBeLessThanOrEqual(0.5);
    }
  });
});
