import type { History, HistoryStep } from './history.ts';

/** Where undo steps go that need not be in memory; one log for each asset. */
export interface HistoryArchive {
  /** Adds steps and says how many are applied. A step with a number that is there replaces that one and all later ones. */
  write(assetKey: string, steps: readonly HistoryStep[], applied: number): Promise<void>;
  /** The steps from..before-1, in order, as far as they are kept. */
  read(assetKey: string, from: number, before: number): Promise<readonly HistoryStep[]>;
  remove(assetKey: string): Promise<void>;
}

/** After a gesture's own frame, and soon enough that a crash takes no finished stroke. */
const writeDelayMs = 30;

/**
 * Brings one history's new steps to the archive and fetches older ones ahead of need. Reads and writes go one after the other. A failure leaves the steps in memory,
 * where History bounds them; it is told once and tried again with the next step.
 */
export class HistoryKeeper {
  readonly #archive: HistoryArchive;
  readonly #assetKey: string;
  readonly #history: History;
  readonly #onFailure: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #work: Promise<void> = Promise.resolve();
  #writtenApplied: number;
  #hasFailed = false;
  #isReading = false;
  #isEnded = false;

  constructor(archive: HistoryArchive, assetKey: string, history: History, onFailure: (error: unknown) => void) {
    this.#archive = archive;
    this.#assetKey = assetKey;
    this.#history = history;
    this.#onFailure = onFailure;
    this.#writtenApplied = history.applied;
  }

  /** A step was made, undone or redone. */
  changed(): void {
    if (this.#isEnded) return;
    this.#timer ??= setTimeout(() => void this.flush(), writeDelayMs);
    if (this.#history.wanted() !== null) void this.fetch();
  }

  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return this.#inOrder(async () => {
      const { applied } = this.#history;
      const steps = this.#history.unarchived();
      if (steps.length === 0 && applied === this.#writtenApplied) return;
      await this.#archive.write(this.#assetKey, steps, applied);
      this.#history.markArchived(steps);
      this.#writtenApplied = applied;
    });
  }

  /** Reads the steps that are wanted; what the archive says it has not is given up, what can't be read now is asked for again. Never rejects. */
  fetch(): Promise<void> {
    if (this.#isReading) return this.#work;
    this.#isReading = true;
    return this.#inOrder(async () => {
      try {
        const wanted = this.#history.wanted();
        if (wanted === null) return;
        const steps = await this.#archive.read(this.#assetKey, wanted.from, wanted.before);
        this.#history.supply(steps);
        const still = this.#history.wanted();
        if (still !== null && still.from === wanted.from && still.before === wanted.before) this.#history.loseAbsent();
      } finally {
        this.#isReading = false;
      }
    });
  }

  /** The history is given up: nothing more is written, and the archive's steps go. */
  end(): Promise<void> {
    this.#isEnded = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return this.#inOrder(() => this.#archive.remove(this.#assetKey));
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      try {
        await work();
        this.#hasFailed = false;
      } catch (error) {
        if (!this.#hasFailed) this.#onFailure(error);
        this.#hasFailed = true;
      }
    });
    return this.#work;
  }
}
