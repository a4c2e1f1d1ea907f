import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { TaskFailure } from '../../../shared/domain/task.ts';
import { ExpectedError, isCancelled, sentenceOf, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { RetrySettings } from './intakeOptions.ts';
import type { IntakeObserver, MessageFacts } from './intakeObserver.ts';

/** Servers and machines that have to come back; a person may have to see to it. No message is to blame. */
const outages: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'store_unreachable',
  'store_locked',
  'blobs_unreachable',
  'broker_unreachable',
  'disk_full',
  'permission_denied',
  'model_missing',
  'model_corrupt',
  'offline',
  'download_failed',
]);

/** Troubles of the machine that a picture may have brought about, so that trying for ever would help nobody. */
const crashes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['inference_crashed', 'out_of_memory']);

/** The retries are exhausted: what was worked on is given up. Its cause is the last trouble. */
export class GaveUp extends Error {
  constructor(message: string, options: { cause: unknown }) {
    super(message, options);
    this.name = 'GaveUp';
  }
}

/** The picture's own failure, for which no retry helps. */
export class PictureFailure extends Error {
  readonly failure: TaskFailure;
  /** Of the photo that failed; null where it could not be read. */
  photoSha256: Sha256 | null = null;

  constructor(failure: TaskFailure, options: { cause?: unknown } = {}) {
    super(failure.message, options);
    this.name = 'PictureFailure';
    this.failure = failure;
  }
}

/** Whether trouble has nothing to do with what is in the picture: outage, crash, or a fault of ours (anything unexpected). */
export const isInfrastructure = (error: unknown): boolean => limitOf(error, { limit: 1, outageLimit: 1 }) > 0;

/** Whether it is only a matter of waiting: nothing that was tried had to do with it. */
export const isOutage = (error: unknown): boolean => error instanceof ExpectedError && outages.has(error.code);

/** Whether a task that ended with this code says nothing about its picture. */
export const isNoVerdict = (code: string): boolean => code === 'bug' || outages.has(code as ErrorCode) || crashes.has(code as ErrorCode);

const limitOf = (error: unknown, settings: Pick<RetrySettings, 'limit' | 'outageLimit'>): number => {
  if (error instanceof GaveUp || error instanceof PictureFailure || isCancelled(error)) return 0;
  if (!(error instanceof ExpectedError)) return settings.limit;
  if (outages.has(error.code)) return settings.outageLimit;
  return crashes.has(error.code) ? settings.limit : 0;
};

export const codeOf = (error: unknown): string => (error instanceof ExpectedError ? error.code : 'bug');

/** Doubled at each try up to the longest; between half and all of it, so that many who wait for one server don't come back in step. */
export const pauseMs = ({ firstMs, longestMs }: Pick<RetrySettings, 'firstMs' | 'longestMs'>, attempt: number, random = Math.random()): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 40)) * (0.5 + random / 2);

/**
 * Does something until it works, pausing longer each time, as long as nothing but infrastructure is in the way.
 * @throws GaveUp after so many tries; at once what the picture is to blame for; CancelledError at the signal
 */
export const withRetries = async <T>(work: () => Promise<T>, about: { readonly settings: RetrySettings; readonly observer: IntakeObserver; readonly facts: MessageFacts; readonly signal: AbortSignal }): Promise<T> => {
  const { settings, observer, facts, signal } = about;
  for (let attempt = 1; ; attempt++) {
    throwIfCancelled(signal);
    try {
      return await work();
    } catch (error) {
      if (!isInfrastructure(error)) throw error;
      throwIfCancelled(signal);
      if (attempt > limitOf(error, settings)) throw new GaveUp(`Given up after ${attempt} tries: ${sentenceOf(error)}`, { cause: error });
      const pause = pauseMs(settings, attempt);
      observer.retried(facts, { code: codeOf(error), message: sentenceOf(error), attempt, pauseMs: pause });
      await sleep(pause, undefined, { signal });
    }
  }
};
