import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import type { DecodedCandidates } from './decoder.ts';
import { logitOutline } from './logitOutline.ts';
import { NewestOnly } from './newestOnly.ts';
import { shownAnswer } from './promptMaker.ts';
import type { ImagePlace, PromptState } from './promptState.ts';

/**
 * The pointer has come to rest: nothing is decoded under a moving one. A decoder that runs can't be interrupted, and a click elsewhere would wait for it;
 * whoever has rested needs longer than an answer takes to get elsewhere and press.
 */
const restMs = 40;
/** What takes longer might still be under way when the hand clicks elsewhere. */
const slowestMs = 80;
const mostTimes = 5;

export interface HoverAsk {
  readonly state: PromptState;
  readonly embedding: PreparedEmbedding;
  readonly answer: () => Promise<DecodedCandidates>;
}

/**
 * The faint line of what a click would give at the place where the pointer rests. Its answer is the click's: the finger goes down a tenth of a second after
 * the hand has come to rest, and finds it there or under way.
 */
export class HoverLine {
  readonly #onChange: () => void;
  readonly #times: number[] = [];
  #hovered: HoverAsk | null = null;
  #lines: readonly (readonly ImagePlace[])[] = [];
  #rest: ReturnType<typeof setTimeout> | null = null;
  readonly #asks = new NewestOnly<HoverAsk>((ask) => this.#draw(ask));

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** In imagePx. */
  get lines(): readonly (readonly ImagePlace[])[] {
    return this.#lines;
  }

  /** Until two answers have been timed nobody knows. */
  get isQuick(): boolean {
    const sorted = [...this.#times].sort((a, b) => a - b);
    return sorted.length < 2 || (sorted[Math.floor(sorted.length / 2)] as number) < slowestMs;
  }

  note(decodeMs: number): void {
    this.#times.push(decodeMs);
    if (this.#times.length > mostTimes) this.#times.shift();
  }

  /** Another model has times of its own. */
  forgetTimes(): void {
    this.#times.length = 0;
  }

  /** The pointer is here now. What was shown for another place stays until this one is answered. */
  ask(hover: HoverAsk): void {
    const before = this.#hovered;
    // Events repeat a place: keys, frames, a mouse on a desk that shakes.
    if (before !== null && before.embedding === hover.embedding && isSamePrompt(before.state, hover.state)) return;
    this.#hovered = hover;
    this.#asks.clear();
    this.#endRest();
    this.#rest = setTimeout(() => {
      this.#rest = null;
      this.#asks.ask(hover);
    }, restMs);
  }

  end(): void {
    this.#hovered = null;
    this.#endRest();
    this.#asks.clear();
    if (this.#lines.length === 0) return;
    this.#lines = [];
    this.#onChange();
  }

  #endRest(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
  }

  async #draw({ state, embedding, answer }: HoverAsk): Promise<void> {
    try {
      const { candidate } = shownAnswer({ ...state, candidate: null }, await answer(), embedding);
      if (this.#hovered?.embedding !== embedding) return;
      this.#lines = logitOutline(candidate, modelFrame(embedding));
      this.#onChange();
    } catch {
      // Nobody asked for it: without it a click does the same.
      this.end();
    }
  }
}

/** Hovered at the same place, on the same prompts. */
const isSamePrompt = (a: PromptState, b: PromptState): boolean => {
  const [mine, other] = [a.points.at(-1), b.points.at(-1)];
  return mine?.xImagePx === other?.xImagePx && mine?.yImagePx === other?.yImagePx && mine?.label === other?.label && a.points.length === b.points.length && a.box === b.box && a.join === b.join;
};
