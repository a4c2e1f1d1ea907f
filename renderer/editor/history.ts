import { editBytes, type Edit } from '../../shared/edits/edit.ts';
import { invertEdit } from '../../shared/edits/invertEdit.ts';
import { digestAcross, sameDigest, type StateDigest } from '../../shared/edits/stateDigest.ts';

/** Without an archive, or with one that fails: the oldest steps go. At 24 MP a stroke of 2400 px costs 15 to 25 kB (bench/editor.bench.ts). */
export const defaultHistoryLimitBytes = 16 * 1024 * 1024;
/** Of steps that are on disk so much stays at hand: some 150 strokes at 24 MP. */
export const defaultHistoryMemoryBytes = 3 * 1024 * 1024;

/** So many steps before and after the present one are always at hand: a held Ctrl+Z takes them slower than they are read. */
export const nearSteps = 8;
/** Marks that no state within reach is the saved one. */
const unreachable = -1;

/** For a history without an archive: digests are of no use to it. */
const noDigest: StateDigest = { high: 0, low: 0 };

interface Step {
  /** Null: on disk alone. */
  edit: Edit | null;
  bytes: number;
  /** Null: not asked for yet, or on disk alone. */
  digestAfter: StateDigest | null;
}

/** A state of a history that was sent somewhere; what is done afterwards does not change what it means. */
export interface HistoryMark {
  readonly history: History;
}

/** A step that the archive should hold. */
export interface HistoryStep {
  readonly step: number;
  readonly edit: Edit;
  readonly digestAfter: StateDigest;
}

/** What of an asset's earlier visit is on disk: steps first..end-1, some of them given. */
export interface KeptHistory {
  readonly first: number;
  readonly end: number;
  /** How many were applied when it was last written. */
  readonly applied: number;
  /** Neighbours in order. */
  readonly steps: readonly HistoryStep[];
}

/**
 * What was done to one asset's mask, in order; pure bookkeeping, synchronous. Steps have numbers that they keep. Those that an archive holds may be let
 * go from memory and come back; a window of neighbours around the present one is at hand. Without an archive it is bounded in bytes: the oldest steps
 * are dropped, the last one always stays.
 */
export class History {
  readonly #limitBytes: number;
  readonly #memoryBytes: number;
  #steps: Step[] = [];
  /** Number of the oldest step. */
  #first = 0;
  /** Steps that are applied, counted from the oldest; the rest can be redone. */
  #applied = 0;
  /** At hand: from..to-1, counted from the oldest. */
  #from = 0;
  #to = 0;
  /** Steps with a lower number than this are in the archive. */
  #archivedEnd = 0;
  #savedState: number;
  /** States that were sent away, until the answer. */
  readonly #marked = new Map<HistoryMark, number>();
  #bytes = 0;
  /** Of the mask before the oldest step. */
  #baseDigest: StateDigest;

  /**
   * @param isSaved whether the mask at the beginning is one that is stored as a revision
   * @param digest of the mask at the beginning
   */
  constructor(limitBytes: number, isSaved: boolean, digest: StateDigest = noDigest, memoryBytes = defaultHistoryMemoryBytes) {
    this.#limitBytes = limitBytes;
    this.#memoryBytes = Math.min(memoryBytes, limitBytes);
    this.#savedState = isSaved ? 0 : unreachable;
    this.#baseDigest = digest;
  }

  /**
   * The history of a mask that was worked on in an earlier visit.
   * @param digest of the mask as it is now @returns null when no state among the given steps is that mask
   */
  static continued(kept: KeptHistory, digest: StateDigest, limitBytes: number, memoryBytes = defaultHistoryMemoryBytes): History | null {
    const { first, end, applied, steps } = kept;
    const oldest = steps[0];
    if (oldest === undefined || oldest.step < first || oldest.step + steps.length > end) return null;
    const isAfter = (count: number): boolean => {
      const step = steps[count - 1];
      return sameDigest(step === undefined ? digestAcross(oldest.digestAfter, oldest.edit) : step.digestAfter, digest);
    };
    // Where it stood, if that is the mask: a step may leave the mask as it was and change what lies beside it. Else, of equal states, the one with more to undo.
    const stood = applied - oldest.step;
    let at = stood >= 0 && stood <= steps.length && isAfter(stood) ? stood : steps.length;
    while (!isAfter(at)) if (--at < 0) return null;
    const history = new History(limitBytes, false, noDigest, memoryBytes);
    history.#first = first;
    history.#steps = Array.from({ length: end - first }, () => ({ edit: null, bytes: 0, digestAfter: null }));
    history.#from = history.#to = oldest.step - first;
    history.#applied = oldest.step - first + at;
    history.#archivedEnd = end;
    history.supply(steps);
    return history;
  }

  /** Held in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#steps.length;
  }

  /** Steps that are on disk and not in memory. */
  get stepsOnDisk(): number {
    return this.#steps.length - (this.#to - this.#from);
  }

  get canUndo(): boolean {
    return this.#applied > 0;
  }

  get canRedo(): boolean {
    return this.#applied < this.#steps.length;
  }

  get isDirty(): boolean {
    return this.applied !== this.#savedState;
  }

  /** The number of the step that would be redone: how many were ever applied. */
  get applied(): number {
    return this.#first + this.#applied;
  }

  /** Names the present state, for {@link markSaved} when it has been stored. */
  mark(): HistoryMark {
    const mark: HistoryMark = { history: this };
    this.#marked.set(mark, this.applied);
    return mark;
  }

  /** The state is of no interest any more: it was not stored. */
  release(mark: HistoryMark): void {
    this.#marked.delete(mark);
  }

  /** The marked state, else the present one, is the stored one. */
  markSaved(mark?: HistoryMark): void {
    this.#savedState = mark === undefined ? this.applied : (this.#marked.get(mark) ?? unreachable);
    if (mark !== undefined) this.release(mark);
  }

  /** Takes an edit that has been applied; what could be redone is gone. */
  push(edit: Edit): void {
    this.#cut(this.#applied);
    if (this.#savedState > this.applied) this.#savedState = unreachable;
    for (const [mark, state] of this.#marked) if (state > this.applied) this.#marked.set(mark, unreachable);
    const bytes = editBytes(edit);
    this.#steps.push({ edit, bytes, digestAfter: null });
    this.#applied++;
    this.#to++;
    this.#bytes += bytes;
    this.#shrink();
  }

  /** @returns the edit that takes the last step back, to be applied; null when there is none; absent when it has to come from the archive first */
  undo(): Edit | 'absent' | null {
    if (!this.canUndo) return null;
    const edit = this.#steps[this.#applied - 1]?.edit ?? null;
    if (edit === null) return 'absent';
    this.#applied--;
    return invertEdit(edit);
  }

  /** @returns the edit to be applied again, as {@link undo} */
  redo(): Edit | 'absent' | null {
    if (!this.canRedo) return null;
    const edit = this.#steps[this.#applied]?.edit ?? null;
    if (edit === null) return 'absent';
    this.#applied++;
    return edit;
  }

  /** Steps that are not in the archive yet, oldest first. */
  unarchived(): readonly HistoryStep[] {
    const steps: HistoryStep[] = [];
    for (let at = Math.max(this.#from, this.#archivedEnd - this.#first); at < this.#to; at++) {
      const { edit } = this.#steps[at] as Step;
      if (edit !== null) steps.push({ step: this.#first + at, edit, digestAfter: this.#digestAfter(at) });
    }
    return steps;
  }

  /** These steps are in the archive now; steps that have been replaced meanwhile are not the same and stay unarchived. */
  markArchived(steps: readonly HistoryStep[]): void {
    for (const { step, edit } of steps) {
      if (step !== this.#archivedEnd && step !== this.#first) continue;
      if (this.#steps[step - this.#first]?.edit === edit) this.#archivedEnd = step + 1;
    }
    this.#shrink();
  }

  /** The steps (numbers, from..before-1) that should be read from the archive now; null when enough is at hand. */
  wanted(): { readonly from: number; readonly before: number } | null {
    if (this.#applied - this.#from < nearSteps && this.#from > 0) {
      return { from: this.#first + Math.max(0, this.#from - nearSteps), before: this.#first + this.#from };
    }
    if (this.#to - this.#applied < nearSteps && this.#to < this.#steps.length) {
      return { from: this.#first + this.#to, before: this.#first + Math.min(this.#steps.length, this.#to + nearSteps) };
    }
    return null;
  }

  /** Steps that came from the archive: neighbours in order that touch what is at hand. Others are left out. */
  supply(steps: readonly HistoryStep[]): void {
    const put = ({ step, edit, digestAfter }: HistoryStep): void => {
      const bytes = editBytes(edit);
      this.#steps[step - this.#first] = { edit, bytes, digestAfter };
      this.#bytes += bytes;
    };
    for (const step of [...steps].reverse()) {
      if (step.step - this.#first !== this.#from - 1) continue;
      put(step);
      this.#from--;
    }
    for (const step of steps) {
      if (step.step - this.#first !== this.#to || this.#to >= this.#steps.length) continue;
      put(step);
      this.#to++;
    }
    this.#shrink();
  }

  /** The archive has lost what is not at hand: history is what is. */
  loseAbsent(): void {
    this.#cut(this.#to);
    this.#drop(this.#from);
  }

  /** Computed when it is asked for: a gesture's end does not wait for it. */
  #digestAfter(at: number): StateDigest {
    let known = at;
    while (known >= 0 && this.#steps[known]?.digestAfter === null) known--;
    let digest = known < 0 ? this.#baseDigest : (this.#steps[known]?.digestAfter ?? this.#baseDigest);
    for (let next = known + 1; next <= at; next++) {
      const step = this.#steps[next] as Step;
      if (step.edit !== null) digest = digestAcross(digest, step.edit);
      step.digestAfter = digest;
    }
    return digest;
  }

  /** Takes away all steps from `at` on. */
  #cut(at: number): void {
    for (const { bytes } of this.#steps.splice(at)) this.#bytes -= bytes;
    this.#to = Math.min(this.#to, at);
    this.#from = Math.min(this.#from, at);
    this.#archivedEnd = Math.min(this.#archivedEnd, this.#first + at);
  }

  /** Takes away the oldest steps. */
  #drop(count: number): void {
    if (count === 0) return;
    // Steps on disk alone were archived with their digest.
    this.#baseDigest = this.#digestAfter(count - 1);
    for (const { bytes } of this.#steps.splice(0, count)) this.#bytes -= bytes;
    this.#first += count;
    this.#applied -= count;
    this.#from = Math.max(0, this.#from - count);
    this.#to = Math.max(0, this.#to - count);
  }

  #shrink(): void {
    while (this.#bytes > this.#memoryBytes && this.#letGo());
    // The archive fails or there is none.
    while (this.#bytes > this.#limitBytes && this.#applied > Math.max(1, this.#from)) this.#drop(Math.max(1, this.#from));
  }

  /** Lets the step at hand go that is farthest from the present one. @returns false when there is none that may */
  #letGo(): boolean {
    const before = this.#applied - this.#from;
    const after = this.#to - this.#applied;
    const isOldest = before >= after;
    if (Math.max(before, after) <= 2 * nearSteps) return false;
    const at = isOldest ? this.#from : this.#to - 1;
    const step = this.#steps[at];
    if (step === undefined || this.#first + at >= this.#archivedEnd) return false;
    this.#bytes -= step.bytes;
    step.edit = null;
    step.bytes = 0;
    if (isOldest) this.#from++;
    else this.#to--;
    return true;
  }
}
