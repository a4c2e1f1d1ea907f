import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { CancelledError, isExpected, type ExpectedError } from '../../shared/errors/errors.ts';

/** A server that is not there yet, as when everything starts at once; store_locked: ten instances that bring the schema up to date. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store_unreachable', 'blobs_unreachable', 'broker_unreachable', 'store_locked']);
export const isUnreachable = (error: unknown): boolean => isExpected(error) && passing.has(error.code);

const firstPauseMs = 250;
const longestPauseMs = 10_000;

/** Tries again, with growing pauses, for as long as a server can't be reached. @throws what `work` throws for other reasons; CancelledError at the signal */
export const whileUnreachable = async <T>(work: () => Promise<T>, options: { readonly signal: AbortSignal; readonly onWait: (trouble: ExpectedError) => void }): Promise<T> => {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    if (options.signal.aborted) throw new CancelledError('Stopped');
    try {
      return await work();
    } catch (error) {
      if (!isExpected(error) || !isUnreachable(error)) throw error;
      options.onWait(error);
    }
    // A random half of the pause: workers that lost the same server do not all come back at once.
    await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: options.signal }).catch((error: unknown) => {
      throw new CancelledError('Stopped', { cause: error });
    });
  }
};
