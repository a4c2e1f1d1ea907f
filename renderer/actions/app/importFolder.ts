import type { JobId } from '../../../shared/domain/ids.ts';
import type { ImportProgress } from '../../../shared/contracts/rpc/imports.ts';
import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { newImportRun, patchImportRun, setImportRun, useImporting } from '../../stores/importing.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
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

/** What the person chose or dropped, by the core's token. */
export interface GivenFolder {
  readonly folderToken: string;
  readonly name: string;
}

/** Takes in what an import says, until it has ended; failures and cancelling end up in the run as well. */
const followRun = async (steps: () => Promise<AsyncIterable<ImportProgress>>, stop: AbortController): Promise<void> => {
  try {
    for await (const step of await steps()) {
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
};

/** An import that ended behind a closed card is said, with the way to its list. */
const sayHowItEnded = (): void => {
  const { run } = useImporting.getState();
  if (run === null || useOverlay.getState().open === 'import' || useOverlay.getState().open === 'jobs') return;
  const isTrouble = run.state === 'failed' || run.problems.length > 0;
  const message = run.state === 'failed' ? `${run.folderName} could not be imported. ${run.error ?? ''}` : `${run.folderName} is imported: ${run.added} added${run.problems.length > 0 ? `, ${run.problems.length} could not be read` : ''}.`;
  notify({ level: isTrouble ? 'warning' : 'success', message, topic: 'import', buttons: isTrouble ? [{ label: 'Show', run: () => openOverlay('import') }] : [] });
};

/** Imports what was chosen or dropped, with progress in the store. Pictures appear in the queue as they come. One at a time. */
export const importGiven = async (kind: ImportKind, { folderToken, name }: GivenFolder, jobId: JobId | null): Promise<void> => {
  if (useImporting.getState().run?.state === 'running') {
    notify({ level: 'warning', message: `Another import is under way. ${name} can be imported when that has ended.`, topic: 'import', buttons: [{ label: 'Show', run: () => openOverlay('import') }] });
    return;
  }
  const stop = new AbortController();
  setImportRun({ ...newImportRun(name), cancel: () => stop.abort() });
  openOverlay('import');
  await followRun(() => core().imports.run({ folderToken, kind, ...(jobId === null ? {} : { jobId }) }, { signal: stop.signal }), stop);
  // Strips and an empty pane may have more to show.
  noteChanges([]);
  sayHowItEnded();
  await startOnNew();
};

/** Asks for a folder and imports it. */
const importChosen = async (kind: ImportKind, jobId: JobId | null): Promise<void> => {
  const chosen = await core().imports.chooseFolder();
  if (chosen !== null) await importGiven(kind, chosen, jobId);
};

/** Makes the demo in the open store, which is empty or its own, as an import is done. */
export const fillDemo = async (): Promise<void> => {
  const stop = new AbortController();
  setImportRun({ ...newImportRun('The demo'), cancel: () => stop.abort() });
  openOverlay('import');
  await followRun(() => core().imports.fillDemo(undefined, { signal: stop.signal }), stop);
  noteChanges([]);
  sayHowItEnded();
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
