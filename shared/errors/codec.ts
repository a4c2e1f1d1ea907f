import { BugError, CancelledError, ExpectedError, isCancelled } from './errors.ts';
import { errorCodes, type ErrorCode } from './codes.ts';

/** An error as it crosses a process border: its class, code, sentence, details and cause chain are kept; a stack only for bugs. */
export interface ErrorWire {
  readonly kind: 'expected' | 'cancelled' | 'bug';
  readonly message: string;
  readonly code?: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly stack?: string;
  readonly cause?: ErrorWire;
}

/** Cause chains longer than this are cut: they would be cyclic. */
const maxCauses = 8;

export const encodeError = (error: unknown, depth = 0): ErrorWire => {
  const cause =
    error instanceof Error && error.cause !== undefined && depth < maxCauses ? { cause: encodeError(error.cause, depth + 1) } : {};
  if (error instanceof ExpectedError) {
    return { kind: 'expected', code: error.code, message: error.message, details: error.details, ...cause };
  }
  if (isCancelled(error)) return { kind: 'cancelled', message: (error as Error).message, ...cause };
  if (error instanceof Error) {
    return { kind: 'bug', message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }), ...cause };
  }
  return { kind: 'bug', message: String(error) };
};

export const decodeError = (wire: ErrorWire): Error => {
  const cause = wire.cause === undefined ? {} : { cause: decodeError(wire.cause) };
  if (wire.kind === 'cancelled') return new CancelledError(wire.message, cause);
  if (wire.kind === 'expected' && wire.code !== undefined && errorCodes.includes(wire.code)) {
    return new ExpectedError(wire.code, wire.message, { ...cause, details: { ...wire.details } });
  }
  const bug = new BugError(wire.message, cause);
  if (wire.stack !== undefined) bug.stack = wire.stack;
  return bug;
};
