import type { TileState } from '../../../shared/edits/tileState.ts';
import { paintedOver } from '../../../shared/edits/paintedOver.ts';
import { isCancelled } from '../../../shared/errors/errors.ts';
import type { WorkInHand } from '../worksInHand.ts';
import type { ToolContext } from './tool.ts';

/** Works out what the mask becomes; null: it stays. */
export type WorkOut<Params> = (mask: TileState, params: Params, signal: AbortSignal) => Promise<TileState | null>;

interface Run<Params> {
  params: Params;
  isFinished: boolean;
  readonly ending: AbortController;
  /** Called when params have changed or the gesture has ended. */
  wake: () => void;
}

/**
 * A gesture whose result takes long enough to be worked out off the page. While it lasts each result is shown as a proposal, the newest parameters next;
 * when it has ended, the result for the last ones becomes one history item. Gestures are done in order, each on the mask that the one before has left.
 * What is painted meanwhile, with whatever tool, lies over the result.
 */
export class LiveWork<Params> implements WorkInHand {
  readonly #context: ToolContext;
  readonly #workOut: WorkOut<Params>;
  readonly #onDone: () => void;
  #runs: Run<Params>[] = [];
  #last: Promise<void> = Promise.resolve();

  /** @param onDone a gesture is over and its result is in the mask */
  constructor(context: ToolContext, workOut: WorkOut<Params>, onDone: () => void = () => undefined) {
    this.#context = context;
    this.#workOut = workOut;
    this.#onDone = onDone;
    context.follow(this);
  }

  /** Results are awaited. */
  get isPending(): boolean {
    return this.#runs.length > 0;
  }

  async settled(): Promise<void> {
    while (this.isPending) await this.#last;
  }

  begin(params: Params): void {
    const run: Run<Params> = { params, isFinished: false, ending: new AbortController(), wake: () => undefined };
    this.#runs.push(run);
    this.#last = this.#last.then(() => this.#follow(run));
  }

  /** Of the gesture in hand. */
  update(params: Params): void {
    const run = this.#runs.at(-1);
    if (run === undefined || run.isFinished) return;
    run.params = params;
    run.wake();
  }

  finish(): void {
    const run = this.#runs.at(-1);
    if (run === undefined) return;
    run.isFinished = true;
    run.wake();
  }

  /** Forgets all gestures whose results have not come, and what they show. @returns whether there were any */
  cancel(): boolean {
    if (!this.abandon()) return false;
    this.#context.drop();
    return true;
  }

  /** As {@link cancel}; what is shown stays. */
  abandon(): boolean {
    if (this.#runs.length === 0) return false;
    for (const run of this.#runs) {
      run.ending.abort();
      run.wake();
    }
    this.#runs = [];
    return true;
  }

  async #follow(run: Run<Params>): Promise<void> {
    const { signal } = run.ending;
    const document = this.#context.document;
    try {
      if (document === null || signal.aborted) return;
      this.#context.accept();
      const mask = document.state;
      let isShown = false;
      for (;;) {
        const { params } = run;
        const result = await this.#workOut(mask, params, signal);
        while (document.isChanging && !signal.aborted) await this.#context.untilPainted();
        if (signal.aborted) return;
        // Another tool's strokes: they have begun with what was shown then, and stay over what comes now.
        if (document.state !== mask && result === null) break;
        const shown = result === null || document.state === mask ? result : paintedOver(result, mask, document.state);
        if (shown !== null || isShown) this.#context.propose(shown === null ? null : { tiles: shown });
        isShown ||= shown !== null;
        if (run.params !== params) continue;
        if (run.isFinished) break;
        await new Promise<void>((resolve) => {
          run.wake = resolve;
        });
        if (signal.aborted) return;
        if (run.params === params) break;
      }
      this.#context.accept();
      this.#onDone();
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.#context.drop();
      this.#context.fail(error);
    } finally {
      this.#runs = this.#runs.filter((other) => other !== run);
      this.#context.refresh();
    }
  }
}
