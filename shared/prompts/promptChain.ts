import { maskPromptOf } from './maskPrompt.ts';
import type { ModelFrame } from './modelFrame.ts';
import type { Candidate, MaskPrompt, Prompt } from './prompt.ts';
import { firstCandidate } from './readCandidates.ts';

/**
 * points: one answer a point, in the order in which they were given, each continuing from the logits of the one before it · none: one answer to all of
 * them at once. Feeding the last answer back lowers the clicks with every model that was measured (docs/prompts.md).
 */
export const promptChains = ['none', 'points'] as const;
export type PromptChain = (typeof promptChains)[number];
/** Of whoever does not say otherwise: the desk, the command line, the benchmark. */
export const usualChain: PromptChain = 'points';

/** What a step asks, without what it continues from. */
export type ChainStep = Pick<Prompt, 'points' | 'box'>;

/**
 * The asks that a prompt is answered by: the box by itself where there is one, then one point more each. The last one is the prompt itself, so that one
 * more point is one more ask; there is always at least one.
 */
export const chainSteps = ({ points, box }: ChainStep, chain: PromptChain): readonly ChainStep[] => {
  const first = chain === 'none' ? points.length : box === null ? Math.min(1, points.length) : 0;
  return Array.from({ length: points.length - first + 1 }, (_, step) => ({ points: points.slice(0, first + step), box }));
};

/** Of a step's answer: null where it is not known. */
export type KnownAnswer<Answer> = (step: ChainStep) => Answer | null;

interface WithCandidates {
  readonly candidates: readonly Candidate[];
}

/**
 * What the next step continues from: always the candidate that is shown first, never the one that a person chose, so that a chain depends on its prompt
 * alone and can be replayed from a record.
 * @throws RangeError without candidates
 */
const continued = (candidates: readonly Candidate[], frame: ModelFrame, { points }: ChainStep): MaskPrompt =>
  maskPromptOf(candidates[firstCandidate(candidates, frame, points)] as Candidate, frame);

/**
 * Answers a prompt step by step; the first step continues from the prompt's own mask, if it has one. The same prompt gives the same logits however much
 * of it was known before.
 * @param decode one prompt as it is; asked one after another
 * @param known answers of earlier asks with the same photo, box and mask: what they cover is not asked again
 * @throws what `decode` throws; RangeError where it gives no candidates
 */
export const answerInChain = async <Answer extends WithCandidates>(
  { frame, prompt, chain }: { readonly frame: ModelFrame; readonly prompt: Prompt; readonly chain: PromptChain },
  decode: (prompt: Prompt) => Promise<Answer>,
  known: KnownAnswer<Answer> = () => null,
): Promise<Answer> => {
  const steps = chainSteps(prompt, chain);
  let from = steps.length - 1;
  let answer: Answer | null = null;
  while (from >= 0 && (answer = known(steps[from] as ChainStep)) === null) from--;
  for (let index = from + 1; index < steps.length; index++) {
    const mask: MaskPrompt | null = answer === null ? prompt.mask : continued(answer.candidates, frame, steps[index - 1] as ChainStep);
    answer = await decode({ ...(steps[index] as ChainStep), mask });
  }
  return answer as Answer;
};
