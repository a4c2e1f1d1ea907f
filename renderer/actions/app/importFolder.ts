import type { JobId } from '../../../shared/domain/ids.ts';
import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { useImporting, patchImportRun, setImportRun } from '../../stores/importing.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { noteChanges } from '../desk/followChanges.ts';

export type ImportKind = 'products' | 'keyframes';

export const importFolder: Action = {
  id: 'import',
  label: 'Import a folder…',
  group: 'App',
  keys: ['Ctrl+I'],
  run: () => toggleOverlay('import'),
};

/** Asks for a folder and imports it, with progress in the store. Pictures appear in the queue as they come. */
const importChosen = async (kind: ImportKind, jobId: JobId | null): Promise<void> => {
  const chosen = await core().imports.chooseFolder();
  if (chosen === null) return;
  const stop = new AbortController();
  setImportRun({ folderName: chosen.name, done: 0, total: 0, added: 0, existing: 0, problems: [], state: 'running', error: null, cancel: () => stop.abort() });
  openOverlay('import');
  try {
    for await (const step of await core().imports.run({ folderToken: chosen.folderToken, kind, ...(jobId === null ? {} : { jobId }) }, { signal: stop.signal })) {
      const { run } = useImporting.getState();
      if (step.kind === 'progress') patchImportRun({ done: step.done, total: step.total });
      if (step.kind === 'asset') patchImportRun(step.outcome === 'added' ? { added: (run?.added ?? 0) + 1 } : { existing: (run?.existing ?? 0) + 1 });
      if (step.kind === 'problem') patchImportRun({ problems: [...(run?.problems ?? []), step.problem] });
      if (step.kind === 'finished') {
        patchImportRun({ added: step.added, existing: step.existing, problems: step.failed, state: step.cancelled ? 'cancelled' : 'finished' });
      }
    }
    if (stop.signal.aborted) patchImportRun({ state: 'cancelled' });
  } catch (error) {
    patchImportRun(stop.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error: sentenceOf(error) });
  }
  // Strips and an empty pane may have more to show.
  noteChanges([]);
  await startOnNew();
};

/** New pictures are segmented without being asked: that is what they were imported for. */
const startOnNew = async (): Promise<void> => {
  if ((useImporting.getState().run?.added ?? 0) === 0) return;
  const { added } = await core().segmentation.start({});
  if (added > 0) notify({ level: 'info', message: `${added} new ${added === 1 ? 'picture is' : 'pictures are'} being segmented in the background.`, topic: 'segment' });
};

/** @param jobId the job to add to, so that the pictures are compared with those that it has; null: the folder's own */
export const startImport = (kind: ImportKind, jobId: JobId | null = null): void => inBackground(importChosen(kind, jobId), 'import');

export const closeImport = (): void => {
  if (useImporting.getState().run?.state !== 'running') setImportRun(null);
  closeOverlay();
};
