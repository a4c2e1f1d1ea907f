import type { Edit } from '../../shared/edits/edit.ts';
import type { AssetWork } from './assetWork.ts';
import type { History } from './history.ts';
import { WaitingSteps } from './waitingSteps.ts';

/** One step along a history; absent: it is in the archive and has to be fetched. */
export type Step = (history: History) => Edit | 'absent' | null;

/** Undo and redo along an asset's history, in the order in which they were asked for even where one has to be fetched first. */
export class Stepper {
  readonly #waiting = new WaitingSteps();
  readonly #show: (work: AssetWork, edit: Edit, direction: 'forward' | 'back') => void;

  /** @param show puts an edit that was taken from the history on the screen */
  constructor(show: (work: AssetWork, edit: Edit, direction: 'forward' | 'back') => void) {
    this.#show = show;
  }

  /** What has not been fetched is not wanted any more. */
  clear(): void {
    this.#waiting.clear();
  }

  /** @returns whether there is such a step, be it here or to be fetched */
  take(work: AssetWork, step: Step): boolean {
    const taken = this.#waiting.isEmpty ? this.#takeNow(work, step) : 'absent';
    if (taken !== 'absent') return taken;
    this.#waiting.add(
      () => work.keeper?.fetch() ?? Promise.resolve(),
      () => void this.#takeNow(work, step),
    );
    return true;
  }

  #takeNow(work: AssetWork, step: Step): boolean | 'absent' {
    const before = work.history.applied;
    const edit = step(work.history);
    if (edit === null) return false;
    if (edit === 'absent') return edit;
    this.#show(work, edit, work.history.applied < before ? 'back' : 'forward');
    work.keeper?.changed();
    return true;
  }
}
