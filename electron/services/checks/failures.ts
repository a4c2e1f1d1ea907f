import type { RevisionId } from '../../../shared/domain/ids.ts';
import { BugError } from '../../../shared/errors/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { AppEvents } from '../appEvents.ts';

const most = 10_000;

/** Masks that could not be checked, so that nobody tries them again and again. Each is a line in the log, all of them together one notice. */
export class CheckFailures {
  readonly #errors = new Map<RevisionId, { readonly error: Error; isSaid: boolean }>();
  readonly #events: AppEvents;
  readonly #logger: Logger;
  #isTold = false;

  constructor(events: AppEvents, logger: Logger) {
    this.#events = events;
    this.#logger = logger;
  }

  get revisions(): ReadonlySet<RevisionId> {
    return new Set(this.#errors.keys());
  }

  add(revisionId: RevisionId, error: unknown): void {
    this.#errors.set(revisionId, { error: error instanceof Error ? error : new BugError('A mask could not be checked', { cause: error }), isSaid: false });
    const [oldest] = this.#errors.keys();
    if (this.#errors.size > most && oldest !== undefined) this.#errors.delete(oldest);
    this.#logger.warn({ err: error, revisionId }, 'a mask could not be checked');
    if (!this.#isTold) this.#events.notice('warning', 'A mask could not be checked, since it or its photo can’t be read. The log says which.', 'checks_failed');
    this.#isTold = true;
  }

  /** Says the error to who asks, once: the next one who asks has it tried again. */
  say(revisionId: RevisionId): Error | null {
    const failure = this.#errors.get(revisionId);
    if (failure === undefined || failure.isSaid) return null;
    failure.isSaid = true;
    return failure.error;
  }

  remove(revisionId: RevisionId): void {
    this.#errors.delete(revisionId);
  }
}
