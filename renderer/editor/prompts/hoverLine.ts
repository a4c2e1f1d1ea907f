import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import { firstCandidate } from '../../../shared/prompts/readCandidates.ts';
import type { DecodedCandidates } from './decoder.ts';
import { logitOutline } from './logitOutline.ts';
import { NewestOnly } from './newestOnly.ts';
import type { ImagePlace, PromptState } from './promptState.ts';

/** A line that comes later than this lags behind the hand. */
const slowestMs = 60;
const mostTimes = 5;

export interface HoverAsk {
  readonly state: PromptState;
  readonly embedding: PreparedEmbedding;
  readonly answer: () => Promise<DecodedCandidates>;
}

/** The faint line of what a click would give, while answers are quick enough to follow the pointer. */
export class HoverLine {
  readonly #onChange: () => void;
  readonly #times: number[] = [];
  #hovered: HoverAsk | null = null;
  #lines: readonly (readonly ImagePlace[])[] = [];
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

  ask(hover: HoverAsk): void {
    this.#hovered = hover;
    this.#asks.ask(hover);
  }

  end(): void {
    this.#hovered = null;
    this.#asks.clear();
    if (this.#lines.length === 0) return;
    this.#lines = [];
    this.#onChange();
  }

  async #draw({ state, embedding, answer }: HoverAsk): Promise<void> {
    try {
      const { candidates } = await answer();
      const frame = modelFrame(embedding);
      const candidate = candidates[firstCandidate(candidates, frame, state.points)];
      if (this.#hovered?.embedding !== embedding || candidate === undefined) return;
      this.#lines = logitOutline(candidate, frame);
      this.#onChange();
    } catch {
      // Nobody asked for it: without it a click does the same.
      this.end();
    }
  }
}
