import type { ImportProblem } from '../../../shared/contracts/rpc/imports.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** An expected error as a line of the import's list; anything else is passed on. */
export const problemOf = (file: string, error: unknown): ImportProblem => {
  if (!(error instanceof ExpectedError)) throw error;
  return { file, code: error.code, reason: error.message };
};
