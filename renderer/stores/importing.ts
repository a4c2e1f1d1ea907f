import { create } from 'zustand';
import type { ImportProblem } from '../../shared/contracts/rpc/imports.ts';

export interface ImportRun {
  readonly folderName: string;
  readonly done: number;
  readonly total: number;
  readonly added: number;
  readonly existing: number;
  readonly problems: readonly ImportProblem[];
  readonly state: 'running' | 'finished' | 'cancelled' | 'failed';
  readonly error: string | null;
  readonly cancel: () => void;
}

/** Before its first word. */
export const newImportRun = (folderName: string): Omit<ImportRun, 'cancel'> => ({ folderName, done: 0, total: 0, added: 0, existing: 0, problems: [], state: 'running', error: null });

/** The import of now, or the last one until it is put away. */
export const useImporting = create<{ readonly run: ImportRun | null }>(() => ({ run: null }));

export const setImportRun = (run: ImportRun | null): void => useImporting.setState({ run });
export const patchImportRun = (change: Partial<ImportRun>): void =>
  useImporting.setState(({ run }) => ({ run: run === null ? null : { ...run, ...change } }));
