import type { ModelId } from '../../shared/domain/ids.ts';
import { cleanLogits, usualCleanCells } from '../../shared/prompts/cleanLogits.ts';
import { logitsToMask } from '../../shared/prompts/logitsToMask.ts';
import { maskPromptOf } from '../../shared/prompts/maskPrompt.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import type { Prompt, PromptPoint } from '../../shared/prompts/prompt.ts';
import { usualChain, type PromptChain } from '../../shared/prompts/promptChain.ts';
import { firstCandidate } from '../../shared/prompts/readCandidates.ts';
import type { Prompting } from '../../electron/app/openPrompting.ts';
import type { Answer, SeenCandidate } from './clicks.ts';

export interface Timed {
  /** One prompt, continuing from the mask that it is given. */
  readonly answer: Answer;
  readonly encodeMs: number | null;
  /** Of each decode, in the model alone. */
  readonly decodeMs: readonly number[];
}

export interface ThroughTheApp extends Timed {
  /** The app's default: what `maskdesk prompt` answers to these points, and the desk after these clicks. */
  readonly answerByDefault: (points: readonly PromptPoint[]) => Promise<readonly SeenCandidate[]>;
}

/** A photo before a model as the desk and the command line have it: the same services, process and mathematics. */
export const throughTheApp = async ({ embeddings }: Prompting, photo: Uint8Array, modelId: ModelId, cleanCells = usualCleanCells): Promise<ThroughTheApp> => {
  const embedding = await embeddings.prepare(photo, modelId);
  const frame = modelFrame(embedding);
  const decodeMs: number[] = [];
  const seen = async (prompt: Prompt, chain: PromptChain, cells: number): Promise<readonly SeenCandidate[]> => {
    const decoded = await embeddings.decode(embedding.key, prompt, { chain });
    if (chain === 'none') decodeMs.push(decoded.decodeMs);
    const first = firstCandidate(decoded.candidates, frame, prompt.points);
    return decoded.candidates.map((candidate, index) => ({
      isFirst: index === first,
      mask: logitsToMask(frame, { ...candidate, logits: cleanLogits(candidate.logits, frame, { cells, points: prompt.points }) }),
      predictedIou: candidate.predictedIou,
      logits: maskPromptOf(candidate, frame),
    }));
  };
  return {
    answer: (points, mask) => seen({ points, box: null, mask }, 'none', 0),
    answerByDefault: (points) => seen({ points, box: null, mask: null }, usualChain, cleanCells),
    encodeMs: embedding.encodeMs,
    decodeMs,
  };
};
