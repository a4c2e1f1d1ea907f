import { ORPCError, ValidationError } from '@orpc/server';
import { encodeError } from '../../shared/errors/codec.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** The oRPC code under which all our errors travel; what they are is in `data` (shared/errors/codec.ts). */
export const carriedErrorCode = 'MASKDESK';

const describeIssue = (issue: { readonly message: string; readonly path?: readonly unknown[] | undefined }): string => {
  const path = (issue.path ?? [])
    .map((step) => String(typeof step === 'object' && step !== null && 'key' in step ? step.key : step))
    .join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
};

/** An input that the contract refuses is the caller's fault: a sentence, no stack. */
const fromValidation = (error: ORPCError<string, unknown>): ExpectedError => {
  const issues = error.cause instanceof ValidationError ? error.cause.issues.map(describeIssue) : [error.message];
  return new ExpectedError('invalid_input', `The request was not understood: ${issues.join('; ')}`, { cause: error.cause });
};

/** Any error as one that crosses the process border with class, code, sentence, details and cause. */
export const toCarriedError = (error: unknown): ORPCError<string, unknown> => {
  const known: ORPCError<string, unknown> | null = error instanceof ORPCError ? error : null;
  if (known?.code === carriedErrorCode) return known;
  const ours = known?.code === 'BAD_REQUEST' ? fromValidation(known) : error;
  const wire = encodeError(ours);
  return new ORPCError(carriedErrorCode, { message: wire.message, data: wire, cause: error });
};

const isIterator = (value: unknown): value is AsyncIterator<unknown, unknown> & AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;

/** The same translation for errors that come after the first value of an iterator. */
async function* guarded(source: AsyncIterator<unknown, unknown> & AsyncIterable<unknown>): AsyncGenerator<unknown, unknown, void> {
  let finished = false;
  try {
    for (;;) {
      const step = await source.next();
      if (step.done === true) {
        finished = true;
        return step.value;
      }
      yield step.value;
    }
  } catch (error) {
    finished = true;
    throw toCarriedError(error);
  } finally {
    if (!finished) await source.return?.();
  }
}

/** Wraps one call of a procedure: what goes wrong in it, at validation or later in its iterator, reaches the client as it was. */
export const carryErrors = async (call: () => Promise<unknown>): Promise<unknown> => {
  try {
    const result = await call();
    return isIterator(result) ? guarded(result) : result;
  } catch (error) {
    throw toCarriedError(error);
  }
};
