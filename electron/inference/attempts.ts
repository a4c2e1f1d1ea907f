import { BugError, ExpectedError } from '../../shared/errors/errors.ts';
import type { FailureReason } from './protocol.ts';

/** Why an attempt at a job came to nothing. */
export type AttemptFailure =
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'out_of_memory' | 'load_failed' | 'run_failed'; readonly reason: string };

/** @throws BugError for what is about a prompt: that is its asker's to know, and not tried again */
export const attemptFailure = ({ reason, message }: { readonly reason: FailureReason; readonly message: string }): AttemptFailure => {
  if (reason === 'not_held' || reason === 'file_damaged') throw new BugError(`a job failed as a prompt does: ${reason}`);
  return { kind: reason, reason: message };
};

export interface AttemptPlan {
  readonly cpuOnly: boolean;
}

/**
 * Whether a job is tried again (architecture.md, Processes): after a crash once as it was, then once on the CPU; out of memory once on
 * the CPU; an error that the model itself gives is given again by every retry, so never.
 * @param failures of this job so far, oldest first
 * @returns null: give up
 */
export const nextAttempt = (failures: readonly AttemptFailure[]): AttemptPlan | null => {
  const last = failures.at(-1);
  if (last === undefined) return { cpuOnly: false };
  const crashes = failures.filter((failure) => failure.kind === 'crashed').length;
  const shortOfMemory = failures.filter((failure) => failure.kind === 'out_of_memory').length;
  if (last.kind === 'crashed') return crashes > 2 ? null : { cpuOnly: crashes === 2 || shortOfMemory > 0 };
  if (last.kind === 'out_of_memory') return shortOfMemory > 1 ? null : { cpuOnly: true };
  return null;
};

/** What the caller is told when a job is given up. */
export const failureError = (failures: readonly AttemptFailure[], modelPath: string): ExpectedError => {
  const last = failures.at(-1);
  const details = { modelPath, attempts: failures.map(({ kind, reason }) => `${kind}: ${reason}`) };
  switch (last?.kind) {
    case 'crashed':
      return new ExpectedError('inference_crashed', `The model's process ended ${failures.length} times during this picture (${last.reason}).`, { details });
    case 'out_of_memory':
      return new ExpectedError('out_of_memory', 'There is not enough memory for this model, on the CPU either. Close other programs or choose a smaller model.', { details });
    case 'load_failed':
      return new ExpectedError('model_corrupt', `The model could not be loaded: ${last.reason}`, { details });
    default:
      return new ExpectedError('inference_failed', `The model could not run on this picture: ${last?.reason ?? 'unknown reason'}`, { details });
  }
};
