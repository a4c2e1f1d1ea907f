import type { TileState } from '../../../shared/edits/tileState.ts';
import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import { cleanLogits } from '../../../shared/prompts/cleanLogits.ts';
import type { Candidate } from '../../../shared/prompts/prompt.ts';
import { firstCandidate, ignoredPoints } from '../../../shared/prompts/readCandidates.ts';
import type { PromptMaskOutput } from '../../../shared/raster/promptMask.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import type { DecodedCandidates, DecodeOptions, PromptDecoder } from './decoder.ts';
import { PromptAnswers, type PromptPhoto } from './promptAnswers.ts';
import type { PromptState } from './promptState.ts';
import type { TakenAnswer } from './promptTrail.ts';

/** From prompts to answers, and from answers to masks. */
export class PromptMaker {
  readonly #raster: RasterPort;
  readonly #answers: PromptAnswers;
  readonly #onAnswer: (answer: DecodedCandidates) => void;
  #latest: DecodedCandidates | null = null;

  /** @param onAnswer told of each new one */
  constructor(decoder: PromptDecoder, raster: RasterPort, onAnswer: (answer: DecodedCandidates) => void) {
    this.#raster = raster;
    this.#answers = new PromptAnswers(decoder, raster);
    this.#onAnswer = onAnswer;
  }

  /** The answer that was asked for last; null: none on this photo. */
  get latest(): DecodedCandidates | null {
    return this.#latest;
  }

  /** Another photo comes. */
  forgetLatest(): void {
    this.#latest = null;
  }

  /** @param base the mask from before the prompts @throws as PromptAnswers.ask */
  async ask(photo: PromptPhoto, state: PromptState, base: TileState, options?: DecodeOptions): Promise<DecodedCandidates> {
    const answer = await this.#answers.ask(photo, state, base, options);
    if (answer !== this.#latest) {
      this.#latest = answer;
      this.#onAnswer(answer);
    }
    return answer;
  }

  /**
   * @param logits of the candidate as it is shown; null: no prompt is left
   * @param painted what the prompts gave last and what is there now; null: nobody has painted since
   */
  maskOf(
    { embedding: { fit, sidePx, imageWidthPx, imageHeightPx }, assetKey }: PromptPhoto,
    { join }: PromptState,
    logits: Float32Array | null,
    base: TileState,
    painted: { readonly given: TileState; readonly now: TileState } | null,
  ): Promise<PromptMaskOutput> {
    return this.#raster.run('promptMask', { frame: { fit, sidePx, imageWidthPx, imageHeightPx }, logits, join, base, painted }, { assetKey });
  }
}

/** The candidate that prompts take: the one that was chosen, else the one to show first. */
export const candidateFor = ({ candidate, points }: PromptState, { candidates }: DecodedCandidates, embedding: PreparedEmbedding): number =>
  Math.min(candidate ?? firstCandidate(candidates, modelFrame(embedding), points), candidates.length - 1);

/** By an answer's logits, which belong to one prompt: what is shown first of an answer and what of the whole of it are the same object. */
const cleaned = new WeakMap<Float32Array, { readonly cleanCells: number; readonly candidate: Candidate }>();

/** A candidate as it is shown and becomes the mask. About a millisecond, once an answer. */
export const cleanedCandidate = ({ cleanCells, points }: PromptState, candidate: Candidate, embedding: PreparedEmbedding): Candidate => {
  const known = cleaned.get(candidate.logits);
  if (known?.cleanCells === cleanCells) return known.candidate;
  const made = { ...candidate, logits: cleanLogits(candidate.logits, modelFrame(embedding), { cells: cleanCells, points }) };
  cleaned.set(candidate.logits, { cleanCells, candidate: made });
  return made;
};

/** What becomes of an answer: which candidate the prompts take, and that one cleaned. */
export const shownAnswer = (state: PromptState, answer: DecodedCandidates, embedding: PreparedEmbedding): { readonly chosen: number; readonly candidate: Candidate } => {
  const chosen = candidateFor(state, answer, embedding);
  return { chosen, candidate: cleanedCandidate(state, answer.candidates[chosen] as Candidate, embedding) };
};

export const takenAnswer = ({ points }: PromptState, embedding: PreparedEmbedding, { candidates }: DecodedCandidates, chosen: number): TakenAnswer => ({
  modelId: embedding.modelId,
  weightsSha256: embedding.weightsSha256,
  decoderSha256: embedding.decoderSha256,
  predictedIous: candidates.map(({ predictedIou }) => predictedIou),
  ignoredPoints: candidates.map((candidate) => ignoredPoints(candidate, modelFrame(embedding), points)),
  chosen,
});
