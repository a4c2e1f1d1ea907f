import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import { blankTileState } from '../edits/tileState.ts';
import { emptyBitmap, type Bitmap } from '../mask/bitmap.ts';
import { joinMasks } from '../prompts/joinMasks.ts';
import { logitsToMask } from '../prompts/logitsToMask.ts';
import { modelFrame, type FrameSource } from '../prompts/modelFrame.ts';
import { joins, logitsSidePx, type Candidate } from '../prompts/prompt.ts';
import { promptMask, type PromptMaskInput, type PromptMaskOutput } from './promptMask.ts';

const run = (input: PromptMaskInput): PromptMaskOutput => promptMask.run(input, { photo: () => Promise.reject(new Error('no photo is needed')) }) as PromptMaskOutput;

/** Inside a disc, places in cells of the grid; no value is 0 at a place that a pixel reads. */
const disc = (x: number, y: number, radius: number): Candidate => ({
  widthPx: 256,
  heightPx: 256,
  predictedIou: 0.9,
  logits: Float32Array.from({ length: logitsSidePx ** 2 }, (_, at) => radius + 0.137 - Math.hypot((at % logitsSidePx) - x, Math.floor(at / logitsSidePx) - y)),
});

const rowsBelow = (widthPx: number, heightPx: number, fromRow: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  mask.data.fill(255, fromRow * widthPx);
  return mask;
};

const sizes = fc.tuple(fc.integer({ min: 1, max: 620 }), fc.integer({ min: 1, max: 530 }));
const discs = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 3, max: 150 })).map((numbers) => disc(...numbers));

const differing = (a: Bitmap, b: Bitmap): number => a.data.reduce((count, value, index) => count + (value === b.data[index] ? 0 : 1), 0);

describe('the mask of a prompt', () => {
  it('is the answer at the photo’s size, joined with what was there', () => {
    fc.assert(
      fc.property(sizes, discs, fc.constantFrom(...joins), fc.constantFrom('pad' as const, 'stretch' as const), ([widthPx, heightPx], candidate, join, fit) => {
        const frame: FrameSource = { fit, sidePx: 1024, imageWidthPx: widthPx, imageHeightPx: heightPx };
        const before = rowsBelow(widthPx, heightPx, Math.floor(heightPx / 3));
        const { given, mask } = run({ frame, logits: candidate.logits, join, base: tilesOfBitmap(before), painted: null });
        expect(mask).toBe(given);
        const expected = joinMasks(before, logitsToMask(modelFrame(frame), candidate), join);
        // Single and double precision may disagree on a pixel right on the edge.
        expect(differing(bitmapOfTiles(mask), expected)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps what was painted since the last answer, in and out', () => {
    const [widthPx, heightPx] = [600, 300];
    const frame: FrameSource = { fit: 'pad', sidePx: 1024, imageWidthPx: widthPx, imageHeightPx: heightPx };
    const base = blankTileState(widthPx, heightPx);
    const first = run({ frame, logits: disc(60, 60, 20).logits, join: 'replace', base, painted: null });
    const painted = bitmapOfTiles(first.mask);
    // A stroke beside the disc, and a hole in its middle.
    painted.data.fill(255, 10 * widthPx, 10 * widthPx + 550);
    painted.data.fill(0, 140 * widthPx + 120, 140 * widthPx + 160);
    const second = run({ frame, logits: disc(80, 60, 20).logits, join: 'replace', base, painted: { given: first.given, now: tilesOfBitmap(painted) } });
    const [given, mask] = [bitmapOfTiles(second.given), bitmapOfTiles(second.mask)];
    expect(mask.data[10 * widthPx + 500]).toBe(255);
    expect(given.data[10 * widthPx + 500]).toBe(0);
    expect(mask.data[140 * widthPx + 150]).toBe(0);
    // Where nobody painted the new answer holds.
    expect(differing(given, mask)).toBeLessThan(550 + 41);
    expect(mask.data[140 * widthPx + 220]).toBe(255);
  });

  it('is the base again without a prompt', () => {
    const base = tilesOfBitmap(rowsBelow(500, 300, 100));
    const frame: FrameSource = { fit: 'stretch', sidePx: 1024, imageWidthPx: 500, imageHeightPx: 300 };
    const answered = run({ frame, logits: disc(100, 100, 40).logits, join: 'replace', base, painted: null });
    expect(run({ frame, logits: null, join: 'replace', base, painted: { given: answered.given, now: answered.mask } }).mask.tiles).toEqual(base.tiles);
  });

  it('refuses a mask of another size', () => {
    expect(() => run({ frame: { fit: 'pad', sidePx: 1024, imageWidthPx: 10, imageHeightPx: 20 }, logits: null, join: 'add', base: blankTileState(20, 10), painted: null })).toThrow(RangeError);
  });
});
