import type { TileState } from '../../../shared/edits/tileState.ts';
import type { Candidate } from '../../../shared/prompts/prompt.ts';
import { NewestOnly } from './newestOnly.ts';
import type { Preparation } from './preparation.ts';
import type { PreviewSlot } from './preview.ts';
import { cleanedCandidate, shownAnswer, type PromptMaker } from './promptMaker.ts';
import { isBlank, type PromptState } from './promptState.ts';

export interface LivePromptsParts {
  readonly maker: PromptMaker;
  readonly preview: PreviewSlot;
  readonly lane: number;
  readonly preparation: () => Preparation | null;
  /** What an answer would join. */
  readonly baseOf: (state: PromptState) => TileState | null;
  readonly onChange: () => void;
}

/** Prompts in the hand, which nobody has settled on yet: shown as a preview, never in the mask. */
export class LivePrompts {
  readonly #parts: LivePromptsParts;
  #state: PromptState | null = null;
  /** Ends what is asked for a hand that has let go. */
  #stop = new AbortController();
  readonly #asks = new NewestOnly<PromptState>((state) => this.#show(state));

  constructor(parts: LivePromptsParts) {
    this.#parts = parts;
  }

  get state(): PromptState | null {
    return this.#state;
  }

  hold(state: PromptState): void {
    this.#state = state;
    if (!isBlank(state)) this.#asks.ask(state);
  }

  /** The hand is empty. What is shown stays. */
  release(): void {
    if (this.#state === null) return;
    this.#state = null;
    this.#asks.clear();
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  async #show(state: PromptState): Promise<void> {
    const { maker, preview, lane, onChange } = this.#parts;
    const [preparation, base, { signal }] = [this.#parts.preparation(), this.#parts.baseOf(state), this.#stop];
    if (preparation === null || base === null) return;
    try {
      // In this very turn where it can be: the decoder is asked before anything is rendered.
      const embedding = preparation.embedding ?? (await preparation.prepare());
      if (signal.aborted) return;
      const show = (candidate: Candidate): void => {
        if (!signal.aborted) preview.show({ frame: embedding, candidate, join: state.join, base });
      };
      const onFirst = (candidate: Candidate): void => show(cleanedCandidate(state, candidate, embedding));
      const answer = await maker.ask({ assetKey: preparation.assetKey, embedding }, state, base, { lane, signal, onFirst });
      if (signal.aborted) return;
      show(shownAnswer({ ...state, candidate: null }, answer, embedding).candidate);
      onChange();
    } catch {
      // It is asked again when the hand lets go, and fails there where it is told.
    }
  }
}
