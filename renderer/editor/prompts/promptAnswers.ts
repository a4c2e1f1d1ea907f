import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import { answerInChain, type ChainStep } from '../../../shared/prompts/promptChain.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import type { Candidate, MaskPrompt } from '../../../shared/prompts/prompt.ts';
import type { DecodedCandidates, DecodeOptions, OnFirst, PromptDecoder } from './decoder.ts';
import { NewestKept } from './newestKept.ts';
import type { PromptState } from './promptState.ts';

/** An answer has about 800 kB of logits. Of prompts that became the mask, with the steps that led to them: so many clicks back cost one ask. */
const mostSettled = 16;
/** Of a drag and of the pointer's way, which would push the others out within a second. */
const mostPassing = 6;

interface UnderWay {
  readonly answer: Promise<DecodedCandidates>;
  first: Candidate | null;
  readonly toldOfFirst: OnFirst[];
}

/** A photo that a model has read. */
export interface PromptPhoto {
  readonly assetKey: string;
  readonly embedding: PreparedEmbedding;
}

/**
 * Answers of the decoder, chained (shared/prompts/promptChain.ts), the latest ones kept by what was asked. So a further click costs one ask, as each move
 * of the last point does; moving an earlier point costs the points after it as well, at each move: what is shown in the hand is then what lands when it lets
 * go, where continuing from answers of before the move would show another mask. Cycling candidates, another join and letting go ask nothing.
 */
export class PromptAnswers {
  readonly #decoder: PromptDecoder;
  readonly #raster: RasterPort;
  readonly #settled = new NewestKept<DecodedCandidates>(mostSettled);
  readonly #passing = new NewestKept<DecodedCandidates>(mostPassing);
  /** What was asked and is not answered yet: letting go asks the same as the preview before it. */
  readonly #underWay = new Map<string, UnderWay>();
  readonly #numbers = new WeakMap<TileState, number>();
  readonly #maskPrompts = new WeakMap<TileState, Promise<MaskPrompt>>();
  #count = 0;

  constructor(decoder: PromptDecoder, raster: RasterPort) {
    this.#decoder = decoder;
    this.#raster = raster;
  }

  /**
   * @param base the mask from before the prompts
   * @param options.lane of an ask that only passes by; a signal ends a chain between two steps, none of them half way
   * @throws as PromptDecoder.decode
   */
  async ask({ assetKey, embedding }: PromptPhoto, state: PromptState, base: TileState, options: DecodeOptions = {}): Promise<DecodedCandidates> {
    const { points, box, fromMask, chain } = state;
    const { lane } = options;
    const about = [embedding.key, embedding.decoderSha256, fromMask ? this.#numberOf(base) : null, chain];
    const keyOf = (step: ChainStep): string => JSON.stringify([about, step.points, step.box]);
    const known = this.#known(keyOf(state), options);
    if (known !== null) return known;
    const mask = fromMask ? await this.#maskPrompt(assetKey, embedding, base) : null;
    return answerInChain(
      { frame: modelFrame(embedding), prompt: { points, box, mask }, chain },
      (prompt) => {
        throwIfCancelled(options.signal);
        // Without the signal: whoever lets go asks for the very step that is under way.
        // Steps before the last are nothing to show.
        const onFirst = prompt.points.length === points.length ? options.onFirst : undefined;
        return this.#once(keyOf(prompt), { lane, onFirst }, (tell) => this.#decoder.decode(embedding, prompt, { ...(lane === undefined ? {} : { lane }), onFirst: tell }));
      },
      (step) => this.#known(keyOf(step), options),
    );
  }

  #numberOf(base: TileState): number {
    const known = this.#numbers.get(base);
    if (known !== undefined) return known;
    this.#numbers.set(base, ++this.#count);
    return this.#count;
  }

  #known(key: string, { lane }: DecodeOptions): DecodedCandidates | null {
    const settled = this.#settled.get(key);
    if (settled !== null) return settled;
    const passing = this.#passing.get(key);
    // What was shown under the hand has become the mask.
    if (passing !== null && lane === undefined) this.#settled.set(key, passing);
    return passing;
  }

  async #once(key: string, { lane, onFirst }: { readonly lane: number | undefined; readonly onFirst: OnFirst | undefined }, decode: (onFirst: OnFirst) => Promise<DecodedCandidates>): Promise<DecodedCandidates> {
    const kept = lane === undefined ? this.#settled : this.#passing;
    const same = this.#underWay.get(key);
    if (same !== undefined) {
      if (same.first !== null) onFirst?.(same.first);
      else if (onFirst !== undefined) same.toldOfFirst.push(onFirst);
      try {
        const answer = await same.answer;
        kept.set(key, answer);
        return answer;
      } catch {
        // Replaced in its lane, or failed as a preview, which nobody is told: asked anew.
      }
    }
    const toldOfFirst = onFirst === undefined ? [] : [onFirst];
    const answer = decode((first) => {
      asked.first = first;
      for (const tell of toldOfFirst) tell(first);
    });
    const asked: UnderWay = { answer, first: null, toldOfFirst };
    this.#underWay.set(key, asked);
    try {
      const given = await answer;
      kept.set(key, given);
      return given;
    } finally {
      if (this.#underWay.get(key) === asked) this.#underWay.delete(key);
    }
  }

  /** Kept as long as the mask is: dragging asks for it at each move. */
  #maskPrompt(assetKey: string, frame: PreparedEmbedding, base: TileState): Promise<MaskPrompt> {
    const known = this.#maskPrompts.get(base);
    if (known !== undefined) return known;
    const { fit, sidePx, imageWidthPx, imageHeightPx } = frame;
    const made = this.#raster.run('promptFromMask', { frame: { fit, sidePx, imageWidthPx, imageHeightPx }, mask: base }, { assetKey });
    this.#maskPrompts.set(base, made);
    made.catch(() => this.#maskPrompts.delete(base));
    return made;
  }
}
