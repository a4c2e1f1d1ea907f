import type { ImportId } from '../../../shared/domain/ids.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import { loadPastImports, usePastImports } from '../../stores/pastImports.ts';
import type { Action } from '../action.ts';
import { undoImport } from './importMasks.ts';

const topic = 'pastImports';

export const pastImports: Action = {
  id: 'pastImports',
  label: 'Imports',
  group: 'App',
  alsoCalled: ['Past imports', 'Undo an import'],
  keys: [],
  run: () => toggleOverlay('pastImports'),
};

export const readPastImports = (): void => inBackground(loadPastImports(), topic);
export const readMoreImports = (): void => inBackground(loadPastImports(true), topic);

/** Many masks go back at once: it is asked a second time. Null: not any more. */
export const askToUndo = (importId: ImportId | null): void => usePastImports.setState({ asking: importId });

const takeBack = async (importId: ImportId): Promise<void> => {
  askToUndo(null);
  try {
    await undoImport(importId);
  } finally {
    await loadPastImports();
  }
};

export const takeImportBack = (importId: ImportId): void => inBackground(takeBack(importId), topic);

const copy = async (importId: ImportId): Promise<void> => {
  await navigator.clipboard.writeText(importId);
  notify({ level: 'info', topic: 'copied', message: 'The id of the import is copied' });
};

export const copyImportId = (importId: ImportId): void => inBackground(copy(importId), topic);
