import type { ImportProblem } from '../../../shared/contracts/rpc/imports.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { isSystemError } from '../../base/fileError.ts';

/**
 * An expected error as a line of the import's list, and so is whatever the system says of one file (a device that went away, a name that a
 * network disk refuses ...): the rest goes on. A mistake of ours is passed on.
 */
export const problemOf = (file: string, error: unknown): ImportProblem => {
  if (error instanceof ExpectedError) return { file, code: error.code, reason: error.message };
  if (isSystemError(error)) return { file, code: 'file_unreadable', reason: `The system refuses it: ${error.message}.` };
  throw error;
};
