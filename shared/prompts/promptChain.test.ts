import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelFrame } from './modelFrame.ts';
import { logitsSidePx, type Candidate, type Prompt, type PromptPoint } from './prompt.ts';
import { answerInChain, chainSteps, type ChainStep } from './promptChain.ts';

const frame = modelFrame({ fit: 'stretch', sidePx: 1024, imageWidthPx: 100, imageHeightPx: 100 });
const point = (xImagePx: number, label: 0 | 1 = 1): PromptPoint => ({ xImagePx, yImagePx: 50, label });
const box = { x0ImagePx: 1, y0ImagePx: 2, x1ImagePx: 30, y1ImagePx: 40 };

const sumOf = ({ points }: Prompt): number => points.reduce((sum, { xImagePx, label }) => sum + (2 * label - 1) * xImagePx, 0);

/** Every answer depends on all that it was asked with; the second candidate is the one to show first. */
class Decoder {
  readonly asked: Prompt[] = [];

  decode = (prompt: Prompt): Promise<{ readonly candidates: readonly Candidate[] }> => {
    this.asked.push(prompt);
    const value = sumOf(prompt) + (prompt.box === null ? 0 : 7) + 0.5 * (prompt.mask?.logits[0] ?? 0);
    const candidateOf = (rank: number): Candidate => ({ widthPx: 256, heightPx: 256, logits: new Float32Array(logitsSidePx ** 2).fill(value + rank), predictedIou: rank === 1 ? 0.9 : 0.5 });
    return Promise.resolve({ candidates: [0, 1, 2].map(candidateOf) });
  };
}

const lengths = (steps: readonly ChainStep[]): readonly number[] => steps.map(({ points }) => points.length);

describe('the steps of a chain', () => {
  it('are one more point each, from the first one or the box', () => {
    const points = [point(1), point(2), point(3)];
    expect(lengths(chainSteps({ points, box: null }, 'points'))).toEqual([1, 2, 3]);
    expect(lengths(chainSteps({ points, box }, 'points'))).toEqual([0, 1, 2, 3]);
    expect(lengths(chainSteps({ points, box }, 'none'))).toEqual([3]);
    expect(lengths(chainSteps({ points: [], box }, 'points'))).toEqual([0]);
    expect(lengths(chainSteps({ points: [], box: null }, 'points'))).toEqual([0]);
  });
});

describe('a chained answer', () => {
  it('continues from the first candidate of the answer before it, and first from the mask that was given', async () => {
    const decoder = new Decoder();
    const mask = { widthPx: 256, heightPx: 256, logits: new Float32Array(logitsSidePx ** 2).fill(4) };
    const { candidates } = await answerInChain({ frame, prompt: { points: [point(10), point(5, 0), point(3)], box: null, mask }, chain: 'points' }, decoder.decode);
    // 10 + 4 / 2 = 12, its first candidate 13; 5 + 6.5 = 11.5, 11.5 at the first rank, 12.5 at the second.
    expect(decoder.asked.map((prompt) => prompt.mask?.logits[0])).toEqual([4, 13, 12.5]);
    expect(candidates[0]?.logits[0]).toBe(8 + 6.25);
  });

  it('without a chain is one ask with what was given', async () => {
    const decoder = new Decoder();
    const prompt = { points: [point(10), point(20)], box, mask: null };
    await answerInChain({ frame, prompt, chain: 'none' }, decoder.decode);
    expect(decoder.asked).toEqual([prompt]);
  });

  it('is the same however much of it was known, and asks only for the rest', async () => {
    const points = fc.array(fc.record({ xImagePx: fc.integer({ min: 0, max: 100 }), yImagePx: fc.constant(50), label: fc.constantFrom(0 as const, 1 as const) }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(points, fc.boolean(), fc.nat(5), async (given, hasBox, knownSteps) => {
        const asked = { frame, prompt: { points: given, box: hasBox ? box : null, mask: null }, chain: 'points' as const };
        const steps = chainSteps(asked.prompt, 'points');
        const kept: Awaited<ReturnType<Decoder['decode']>>[] = [];
        const whole = await answerInChain(asked, async (prompt) => {
          const answer = await new Decoder().decode(prompt);
          kept.push(answer);
          return answer;
        });
        const known = Math.min(knownSteps, steps.length);
        const decoder = new Decoder();
        const again = await answerInChain(asked, decoder.decode, (step) => kept.slice(0, known)[steps.findIndex(({ points: these }) => these.length === step.points.length)] ?? null);
        expect(again.candidates).toEqual(whole.candidates);
        expect(decoder.asked).toHaveLength(steps.length - known);
      }),
      { numRuns: 20 },
    );
  });
});
