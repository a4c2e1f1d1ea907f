import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { MaskPrompt } from '../../../shared/prompts/prompt.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import type { DecodedCandidates, DecodeOptions, PromptDecoder } from './decoder.ts';
import type { PromptState } from './promptState.ts';

/** An answer has about 800 kB of logits. */
const mostKept = 4;

/**
 * Answers of the decoder, the latest ones kept: cycling candidates, another join and letting go of a dragged point ask for one that was given just
 * before.
 */
export class PromptAnswers {
  readonly #decoder: PromptDecoder;
  readonly #raster: RasterPort;
  readonly #kept = new Map<string, DecodedCandidates>();
  /** What was asked and is not answered yet: letting go asks the same as the preview before it. */
  readonly #underWay = new Map<string, Promise<DecodedCandidates>>();
  readonly #numbers = new WeakMap<TileState, number>();
  readonly #maskPrompts = new WeakMap<TileState, Promise<MaskPrompt>>();
  #count = 0;

  constructor(decoder: PromptDecoder, raster: RasterPort) {
    this.#decoder = decoder;
    this.#raster = raster;
  }

  #keyOf(embedding: PreparedEmbedding, { points, box, fromMask }: PromptState, base: TileState): string {
    let number = this.#numbers.get(base);
    if (number === undefined) this.#numbers.set(base, (number = ++this.#count));
    return JSON.stringify([embedding.key, points, box, fromMask ? number : null]);
  }

  /** An answer that was given before, without asking. */
  known(embedding: PreparedEmbedding, state: PromptState, base: TileState): DecodedCandidates | null {
    return this.#kept.get(this.#keyOf(embedding, state, base)) ?? null;
  }

  /** @param base the mask from before the prompts @throws as PromptDecoder.decode */
  async ask(assetKey: string, embedding: PreparedEmbedding, state: PromptState, base: TileState, options: DecodeOptions = {}): Promise<DecodedCandidates> {
    const key = this.#keyOf(embedding, state, base);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const same = this.#underWay.get(key);
    if (same !== undefined) {
      try {
        return await same;
      } catch {
        // Replaced in its lane, or failed as a preview, which nobody is told: asked anew.
      }
    }
    const asked = this.#decode(assetKey, embedding, state, base, options);
    this.#underWay.set(key, asked);
    try {
      const answer = await asked;
      this.#keep(key, answer);
      return answer;
    } finally {
      if (this.#underWay.get(key) === asked) this.#underWay.delete(key);
    }
  }

  async #decode(assetKey: string, embedding: PreparedEmbedding, state: PromptState, base: TileState, options: DecodeOptions): Promise<DecodedCandidates> {
    const mask = state.fromMask ? await this.#maskPrompt(assetKey, embedding, base) : null;
    return this.#decoder.decode(embedding, { points: state.points, box: state.box, mask }, options);
  }

  #keep(key: string, answer: DecodedCandidates): void {
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
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
