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

/** The import of now, or the last one until it is put away. */
export const useImporting = create<{ readonly run: ImportRun | null }>(() => ({ run: null }));

export const setImportRun = (run: ImportRun | null): void => useImporting.setState({ run });
export const patchImportRun = (change: Partial<ImportRun>): void =>
  useImporting.setState(({ run }) => ({ run: run === null ? null : { ...run, ...change } }));
