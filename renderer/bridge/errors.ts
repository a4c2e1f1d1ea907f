import { ORPCError } from '@orpc/client';
import { decodeError, type ErrorWire } from '../../shared/errors/codec.ts';
import { CancelledError, ExpectedError } from '../../shared/errors/errors.ts';

const isWire = (value: unknown): value is ErrorWire =>
  typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;

/** What a call failed with, as the class it had in the core. A port that closed under a call is a core that went away. */
export const fromCallError = (error: unknown): unknown => {
  if (error instanceof ORPCError && isWire(error.data)) return decodeError(error.data);
  if (error instanceof Error && error.name === 'AbortError') return new CancelledError('Cancelled', { cause: error });
  return error;
};

/** An answer of the pixel protocol that is not a success. */
export const fromPixelResponse = async (response: Response): Promise<Error> => {
  const wire: unknown = await response.json().catch(() => null);
  if (isWire(wire)) return decodeError(wire);
  return new ExpectedError('offline', `The picture could not be fetched (status ${response.status}).`);
};

/** The sentence that people read. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof ExpectedError) return error.message;
  if (error instanceof Error) return `Something went wrong inside Maskdesk: ${error.message}`;
  return 'Something went wrong inside Maskdesk.';
};
