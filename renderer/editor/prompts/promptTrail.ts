import type { TileState } from '../../../shared/edits/tileState.ts';
import type { ModelId, Sha256 } from '../../../shared/domain/ids.ts';
import type { PromptState } from './promptState.ts';

/** Which of a decoder's candidates became the mask. */
export interface TakenAnswer {
  readonly modelId: ModelId;
  readonly weightsSha256: Sha256;
  readonly decoderSha256: Sha256;
  /** In the decoder's order. */
  readonly predictedIous: readonly number[];
  /** Of each candidate: how many of the points it does not agree with. */
  readonly ignoredPoints: readonly number[];
  readonly chosen: number;
}

/** What the prompts were at a step of the mask's history, and what they gave. */
export interface PromptEntry {
  /** History steps that were applied right after it. */
  readonly step: number;
  readonly state: PromptState;
  /** The mask that the answer joins. */
  readonly base: TileState;
  /** What base and answer make, without what was painted besides. */
  readonly given: TileState;
  /** Null: no prompt is left, the mask is the base. */
  readonly answer: TakenAnswer | null;
  /** Whether its handles are there to be taken; Esc puts them away. */
  readonly isOpen: boolean;
}

/** A change of the prompts that waits for its answer. */
export interface PendingPrompt {
  readonly state: PromptState;
  /** Of one that begins another object: the mask as it was at the click, so that what is painted until the answer comes counts as painted after it. Null: not known before those ahead of it are answered. */
  readonly base: TileState | null;
}

/** Each holds its tiles; those of the mask's history are mostly the same objects. */
const mostEntries = 200;

/**
 * The prompts of one asset along its history: undo and redo find the handles that belong to the mask that they bring back. Several entries of one
 * step are one after the other; the newest counts.
 */
export class PromptTrail {
  #entries: PromptEntry[] = [];
  /** Asked for and not in the mask yet, in order. */
  readonly pending: PendingPrompt[] = [];
  /** Pending ones that were taken back, the latest last. */
  readonly takenBack: PendingPrompt[] = [];

  /** What holds after so many steps: strokes between two prompts change nothing of them. */
  at(step: number): PromptEntry | null {
    return this.#entries.findLast((entry) => entry.step <= step) ?? null;
  }

  /** Steps that could be redone keep theirs: who changes the mask tells so by {@link cut}. */
  push(entry: PromptEntry): void {
    const after = this.#entries.findLastIndex(({ step }) => step <= entry.step) + 1;
    this.#entries.splice(after, 0, entry);
    if (this.#entries.length > mostEntries) this.#entries.shift();
  }

  /** The history goes on in another way from here: what came at this step or later will not come back. */
  cut(step: number): void {
    this.#entries = this.#entries.filter((entry) => entry.step < step);
  }

  /** What waits, for another mask of the same photo: nothing of the history that it was begun on. */
  waitingAlone(): PromptTrail {
    const trail = new PromptTrail();
    trail.pending.push(...this.pending.map((waiting, index) => ({ ...waiting, state: { ...waiting.state, begins: index === 0 || waiting.state.begins }, base: null })));
    return trail;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0 && this.pending.length === 0;
  }
}
