import type { ErrorCode } from './codes.ts';

/** Something a person can act on: bad input, a full disk, a missing model. Shown as its sentence; never a stack trace. */
export class ExpectedError extends Error {
  readonly kind = 'expected';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  /** @param message a sentence that says what happened and, where it helps, what to do */
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ExpectedError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Somebody asked for it to stop. Never logged as a failure. */
export class CancelledError extends Error {
  readonly kind = 'cancelled';

  constructor(message = 'Cancelled', options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'CancelledError';
  }
}

/** A broken assumption of ours. Logged with its stack; the user is told that it is our fault. */
export class BugError extends Error {
  readonly kind = 'bug';

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'BugError';
  }
}

export const isExpected = (error: unknown, code?: ErrorCode): error is ExpectedError =>
  error instanceof ExpectedError && (code === undefined || error.code === code);

export const isCancelled = (error: unknown): boolean =>
  error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError');

/** @throws CancelledError when the signal has fired */
export const throwIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new CancelledError('Cancelled', { cause: signal.reason });
};

/** Narrowing helper: a value that our own logic says is there. */
export const present = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new BugError(`${what} is missing`);
  return value;
};

/** What there is to say of anything that was thrown. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
