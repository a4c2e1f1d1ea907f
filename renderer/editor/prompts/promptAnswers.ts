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
    const mask = state.fromMask ? await this.#maskPrompt(assetKey, embedding, base) : null;
    const answer = await this.#decoder.decode(embedding, { points: state.points, box: state.box, mask }, options);
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return answer;
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
