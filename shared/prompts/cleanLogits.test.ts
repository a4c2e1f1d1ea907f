import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../mask/pieces.ts';
import { cleanLogits } from './cleanLogits.ts';
import { logitsToMask } from './logitsToMask.ts';
import { modelFrame } from './modelFrame.ts';
import { logitsSidePx } from './prompt.ts';

const square = modelFrame({ fit: 'stretch', sidePx: 1024, imageWidthPx: 512, imageHeightPx: 512 });
/** Its photo covers the upper 128 rows. */
const padded = modelFrame({ fit: 'pad', sidePx: 1024, imageWidthPx: 600, imageHeightPx: 300 });

type Box = readonly [x: number, y: number, widthCells: number, heightCells: number];

/** +6 in boxes of mask, -6 around and in boxes of holes; the latter painted last. */
const logitsOf = (inside: readonly Box[], outside: readonly Box[] = []): Float32Array => {
  const logits = new Float32Array(logitsSidePx ** 2).fill(-6);
  for (const [boxes, value] of [[inside, 6], [outside, -6]] as const) {
    for (const [x, y, width, height] of boxes) for (let row = y; row < y + height; row++) logits.fill(value, row * logitsSidePx + x, row * logitsSidePx + x + width);
  }
  return logits;
};
const product: Box = [40, 40, 60, 60];
const clean = (logits: Float32Array, cells = 16, points: Parameters<typeof cleanLogits>[2]['points'] = [], frame = square) => cleanLogits(logits, frame, { cells, points });

describe('cleaning', () => {
  it('fills small holes and drops small islands, and leaves larger ones and every other cell as they were', () => {
    const speckled = logitsOf([product, [10, 10, 2, 2], [150, 150, 4, 4]], [[50, 50, 3, 1], [70, 70, 4, 4]]);
    const before = speckled.slice();
    expect(clean(speckled)).toEqual(logitsOf([product, [150, 150, 4, 4]], [[70, 70, 4, 4]]));
    expect(speckled).toEqual(before);
  });

  it('is nothing for 0, and the same object where there is nothing to clean', () => {
    const speckled = logitsOf([product, [10, 10, 1, 1]]);
    expect(clean(speckled, 0)).toBe(speckled);
    const whole = logitsOf([product]);
    expect(clean(whole)).toBe(whole);
    const nothing = logitsOf([]);
    expect(clean(nothing)).toBe(nothing);
  });

  it('never leaves nothing: the largest island stays however small', () => {
    expect(clean(logitsOf([[10, 10, 2, 1], [30, 30, 1, 3]]))).toEqual(logitsOf([[30, 30, 1, 3]]));
  });

  it('keeps what was clicked: an island to keep, a hole to leave out', () => {
    const speckled = logitsOf([product, [10, 10, 2, 2], [20, 10, 2, 2]], [[50, 50, 2, 2], [60, 50, 2, 2]]);
    const at = (cellX: number, cellY: number, label: 0 | 1) => ({ xImagePx: 2 * cellX + 1, yImagePx: 2 * cellY + 1, label });
    expect(clean(speckled, 16, [at(10, 10, 1), at(51, 51, 0), at(20, 10, 0), at(60, 50, 1)])).toEqual(logitsOf([product, [10, 10, 2, 2]], [[50, 50, 2, 2]]));
  });

  it('keeps a line of cells that meet at corners alone', () => {
    const lace = logitsOf([product, ...Array.from({ length: 30 }, (_, step): Box => [101 + step, 99 - step, 1, 1])]);
    expect(clean(lace)).toBe(lace);
  });

  it('keeps what reaches in from the photo\'s border, and looks at nothing beside a padded photo', () => {
    const bitten = logitsOf([[0, 0, 60, 128]], [[0, 50, 2, 2], [20, 126, 2, 2]]);
    expect(clean(bitten, 16, [], padded)).toBe(bitten);
    const beside = logitsOf([[10, 10, 60, 60], [10, 200, 2, 2]]);
    expect(clean(beside, 16, [], padded)).toBe(beside);
  });

  it('fills a hole with the island in it, and leaves no hole where that was', () => {
    const ring = logitsOf([product], [[52, 52, 3, 3]]);
    ring[53 * logitsSidePx + 53] = 6;
    expect(clean(ring)).toEqual(logitsOf([product]));
  });

  it('does once what it does, and adds no piece to the mask', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 2, max: 64 }), (seed, cells) => {
        let state = seed;
        const logits = logitsOf([product]).map((value) => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return value + (state / 2 ** 32 - 0.5) * 14;
        });
        const cleaned = clean(logits, cells);
        expect(clean(cleaned, cells)).toEqual(cleaned);
        const count = (these: Float32Array): number => {
          const { islands, holes } = piecesOf(logitsToMask(square, { widthPx: 256, heightPx: 256, logits: these, predictedIou: 1 }));
          return islands.length + holes.length;
        };
        expect(count(cleaned)).toBeLessThanOrEqual(count(logits));
      }),
      { numRuns: 20 },
    );
  });
});
