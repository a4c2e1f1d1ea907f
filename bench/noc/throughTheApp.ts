import type { ModelId } from '../../shared/domain/ids.ts';
import { logitsToMask } from '../../shared/prompts/logitsToMask.ts';
import { maskPromptOf } from '../../shared/prompts/maskPrompt.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import { firstCandidate } from '../../shared/prompts/readCandidates.ts';
import type { Prompting } from '../../electron/app/openPrompting.ts';
import type { Answer } from './clicks.ts';

export interface Timed {
  readonly answer: Answer;
  readonly encodeMs: number | null;
  /** Of each decode, in the model alone. */
  readonly decodeMs: readonly number[];
}

/** A photo before a model as the desk and the command line have it: the same services, process and mathematics. */
export const throughTheApp = async ({ embeddings }: Prompting, photo: Uint8Array, modelId: ModelId): Promise<Timed> => {
  const embedding = await embeddings.prepare(photo, modelId);
  const frame = modelFrame(embedding);
  const decodeMs: number[] = [];
  const answer: Answer = async (points, mask) => {
    const decoded = await embeddings.decode(embedding.key, { points, box: null, mask });
    decodeMs.push(decoded.decodeMs);
    const first = firstCandidate(decoded.candidates, frame, points);
    return decoded.candidates.map((candidate, index) => ({
      isFirst: index === first,
      mask: logitsToMask(frame, candidate),
      predictedIou: candidate.predictedIou,
      logits: maskPromptOf(candidate, frame),
    }));
  };
  return { answer, encodeMs: embedding.encodeMs, decodeMs };
};
