import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import { logitsSidePx, type Candidate } from '../../../shared/prompts/prompt.ts';
import { firstCandidate, ignoredPoints } from '../../../shared/prompts/readCandidates.ts';
import { byRank, neighbourOf } from './candidateOrder.ts';

const frame = modelFrame({ fit: 'stretch', sidePx: 256, imageWidthPx: 256, imageHeightPx: 256 });

/** Inside to the left of a column. */
const leftOf = (columnPx: number, predictedIou: number): Candidate => ({
  widthPx: logitsSidePx,
  heightPx: logitsSidePx,
  logits: Float32Array.from({ length: logitsSidePx * logitsSidePx }, (_, at) => (at % logitsSidePx < columnPx ? 1 : -1)),
  predictedIou,
});

const candidatesOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 256 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 4 });
const pointsOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0 as const, 1 as const)), { maxLength: 4 });

describe('the rank of candidates', () => {
  it('begins with the one that is taken, and cycling comes by each of them once', () => {
    fc.assert(
      fc.property(candidatesOf, pointsOf, (columns, clicks) => {
        const candidates = columns.map(([columnPx, quarter]) => leftOf(columnPx, quarter / 4));
        const points = clicks.map(([xPx, label]) => ({ xImagePx: xPx + 0.5, yImagePx: 20, label }));
        const known = { predictedIous: candidates.map(({ predictedIou }) => predictedIou), ignoredPoints: candidates.map((candidate) => ignoredPoints(candidate, frame, points)) };
        const order = byRank(known);
        expect(order[0]).toBe(firstCandidate(candidates, frame, points));
        const visited: number[] = [];
        for (let at = order[0] as number; !visited.includes(at); at = neighbourOf(at, known, 1)) visited.push(at);
        expect(visited).toEqual(order);
        expect(order.every((at) => neighbourOf(neighbourOf(at, known, 1), known, -1) === at)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('puts what ignores a click behind what does not, however sure the model is of it', () => {
    const points = [{ xImagePx: 100, yImagePx: 20, label: 1 as const }, { xImagePx: 150, yImagePx: 20, label: 0 as const }];
    const candidates = [leftOf(200, 0.8), leftOf(50, 0.5), leftOf(120, 0.2)];
    const ignored = candidates.map((candidate) => ignoredPoints(candidate, frame, points));
    expect(ignored).toEqual([1, 1, 0]);
    expect(byRank({ predictedIous: [0.8, 0.5, 0.2], ignoredPoints: ignored })).toEqual([2, 0, 1]);
  });
});
