import { completeOptions } from '../../../shared/domain/formatOptions.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Snapshot } from '../../../shared/domain/maskSet.ts';
import type { ExportFormatInfo, ExportProgress, ExportTargetRequest, UnfinishedExport } from '../../../shared/contracts/rpc/exports.ts';
import { CancelledError, isCancelled, isExpected } from '../../../shared/errors/errors.ts';
import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { setExportChoice, useExportChoice, type ExportChoice } from '../../stores/exportChoice.ts';
import { formatOf, useExportFormats } from '../../stores/exportFormats.ts';
import { afterStep, isUnderWay, loadUnfinishedExports, newExportRun, patchExportRun, setExportRun, useExportRun } from '../../stores/exportRun.ts';
import { loadMaskSets, setNamed, useMaskSets } from '../../stores/maskSets.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { useSameSnapshot } from '../../stores/sameSnapshot.ts';
import { sameSetFilter, sentFilter } from '../../stores/setFilter.ts';
import { openRef } from '../desk/openItem.ts';
import { proposedName } from './exportNames.ts';

const topic = 'export';
const showRun = { label: 'Show', run: () => openOverlay('exportSet') };
const showInFolder = { label: 'Show in folder', run: () => showExport() };

export const showExport = (): void => inBackground(core().exports.show(), topic);

/** The number that is taken for what the choice finds now, since it holds the same; null: a new one is made. */
export const standsFor = (): Snapshot | null => {
  const { snapshotId, freezesAnyway, setName, filter } = useExportChoice.getState();
  const { snapshot } = useSameSnapshot.getState();
  // What was found for another choice, a moment ago, says nothing of this one.
  const known = setNamed(useMaskSets.getState().sets, setName);
  const isOfThis = known !== null && known.setId === snapshot?.setId && sameSetFilter(known.filter, filter);
  return snapshotId === null && !freezesAnyway && isOfThis ? snapshot : null;
};

/** What is frozen of the choice next, or is already. */
export const numberOf = ({ snapshotId, setName }: Pick<ExportChoice, 'snapshotId' | 'setName'>): number => {
  const { sets, snapshots } = useMaskSets.getState();
  const same = snapshotId === null ? standsFor() : null;
  if (same !== null) return same.number;
  const frozen = snapshots.find((snapshot) => snapshot.snapshotId === snapshotId);
  return frozen?.number ?? (setNamed(sets, setName)?.latest ?? 0) + 1;
};

/** The dialog's folder, asked for where none is chosen. @returns whether there is one */
const askForFolder = async (): Promise<boolean> => {
  const folder = await core().exports.chooseFolder();
  if (folder !== null) setExportChoice({ folder });
  return folder !== null;
};

export const chooseExportFolder = (): void => inBackground(askForFolder(), topic);

/** The snapshot that is chosen, or one that is made now; then it is the chosen one, so that a second try exports the same. */
const freeze = async ({ snapshotId, setName, filter }: ExportChoice, signal: AbortSignal): Promise<Snapshot> => {
  const known = useMaskSets.getState().snapshots.find((snapshot) => snapshot.snapshotId === snapshotId);
  if (known !== undefined) return known;
  const same = standsFor();
  // Looked at once more: somebody may have judged meanwhile.
  const still = same === null ? null : await core().sets.same({ setId: same.setId }, { signal });
  if (still !== null) return still;
  const set = await core().sets.save({ name: setName.trim(), filter: sentFilter(filter) });
  const snapshot = await core().sets.freeze({ setId: set.setId }, { signal });
  await loadMaskSets();
  setExportChoice({ source: set.setId, setName: set.name, snapshotId: snapshot.snapshotId });
  return snapshot;
};

export const targetOf = ({ targetKind, folder, bucketUrl, targetName, format }: ExportChoice, { setName, number }: Pick<Snapshot, 'setName' | 'number'>): ExportTargetRequest => {
  if (targetKind === 's3' || folder === null) return { kind: 's3', url: bucketUrl.trim() };
  return { kind: targetKind, folderToken: folder.folderToken, name: (targetName ?? proposedName(setName, number, format)).trim() };
};

/** On this machine, where the folder is chosen; else null: there is nothing to look at yet. */
export const targetToLookAt = (): ExportTargetRequest | null => {
  const choice = useExportChoice.getState();
  if (choice.targetKind === 's3' || choice.folder === null) return null;
  const frozen = useMaskSets.getState().snapshots.find(({ snapshotId }) => snapshotId === choice.snapshotId);
  return targetOf(choice, { setName: frozen?.setName ?? choice.setName, number: numberOf(choice) });
};

const requestOf = (choice: ExportChoice, format: ExportFormatInfo, snapshot: Snapshot, isReplacing: boolean) => {
  const { split, withPhotos, categoryKind, categoryName, names, verify, overwrite, options } = choice;
  return {
    snapshotId: snapshot.snapshotId,
    format: format.id,
    options: { ...completeOptions(format.options, options[format.id] ?? {}).values },
    withPhotos: format.photos === 'always' || (format.photos === 'optional' && withPhotos),
    split: split.isOn ? { shares: { train: split.train / 100, val: split.val / 100, test: split.test / 100 }, seed: split.seed } : null,
    categories: categoryKind === 'product' ? ({ kind: 'product' } as const) : ({ kind: 'one', name: categoryName.trim() } as const),
    names,
    target: targetOf(choice, snapshot),
    verify: verify && format.readBack !== null,
    overwrite: overwrite || isReplacing,
    restart: isReplacing,
  };
};

/** What ended behind a closed card is said; a failure stays until it is put away. */
const sayHowItEnded = (): void => {
  const { run } = useExportRun.getState();
  if (run === null || useOverlay.getState().open === 'exportSet') return;
  const what = `“${run.setName}”${run.number === null ? '' : ` ${run.number}`} as ${run.formatLabel}`;
  if (run.state === 'failed') notify({ level: 'error', topic, message: `${what} could not be exported. ${run.error?.message ?? ''}`, buttons: [showRun] });
  if (run.state === 'cancelled' && run.number !== null) notify({ level: 'info', topic, message: `The export of ${what} has stopped. It can go on later.`, buttons: [showRun] });
  if (run.state === 'finished' && run.result !== null) {
    const { masks, location, lossy } = run.result;
    const lost = lossy === 0 ? '' : ` ${lossy.toLocaleString()} of them with losses.`;
    const buttons = location.startsWith('s3:') ? [showRun] : [showInFolder, showRun];
    notify({ level: lossy === 0 ? 'success' : 'warning', topic, message: `${what} is exported: ${masks.toLocaleString()} ${masks === 1 ? 'mask' : 'masks'} in ${location}.${lost}`, lifeMs: null, buttons });
  }
};

/** Takes in what an export says until it has ended; failures and cancelling end up in the run as well. */
const follow = async (steps: (signal: AbortSignal) => Promise<AsyncIterable<ExportProgress>>, stop: AbortController): Promise<void> => {
  try {
    for await (const step of await steps(stop.signal)) patchExportRun((run) => afterStep(run, step, Date.now()));
    // A stream that a cancellation ended has no last word.
    if (useExportRun.getState().run?.state !== 'finished') throw new CancelledError();
  } catch (error) {
    if (stop.signal.aborted || isCancelled(error)) patchExportRun((run) => ({ ...run, state: 'cancelled' }));
    else patchExportRun((run) => ({ ...run, state: 'failed', error: { message: sentenceOf(error), code: isExpected(error) ? error.code : null } }));
  }
  sayHowItEnded();
  await loadUnfinishedExports();
};

const isBusy = (): boolean => {
  if (!isUnderWay(useExportRun.getState().run)) return false;
  notify({ level: 'warning', topic, message: 'Another export is under way. This one can start when that has ended.', buttons: [showRun] });
  return true;
};

const exportNow = async (isReplacing: boolean, overwrites: boolean): Promise<void> => {
  const format = formatOf(useExportFormats.getState().formats, useExportChoice.getState().format);
  if (format === null || isBusy()) return;
  const { targetKind, folder } = useExportChoice.getState();
  if (targetKind !== 's3' && folder === null && !(await askForFolder())) return;
  const choice = useExportChoice.getState();
  const stop = new AbortController();
  const known = useMaskSets.getState().snapshots.find(({ snapshotId }) => snapshotId === choice.snapshotId);
  setExportRun(newExportRun({ setName: known?.setName ?? choice.setName.trim(), number: known?.number ?? null, formatLabel: format.label, cancel: () => stop.abort() }, Date.now()));
  await follow(async (signal) => {
    const snapshot = await freeze(choice, signal);
    patchExportRun((run) => ({ ...run, state: 'running', setName: snapshot.setName, number: snapshot.number, total: snapshot.entryCount }));
    return core().exports.run(requestOf({ ...choice, overwrite: choice.overwrite || overwrites }, format, snapshot, isReplacing), { signal });
  }, stop);
};

/** Freezes where nothing frozen is chosen, and writes. @param isReplacing whatever stands at the target goes when this one is finished, also what another one left unfinished @param overwrites a finished export there is replaced */
export const startExport = (isReplacing = false, overwrites = false): void => inBackground(exportNow(isReplacing, overwrites), topic);

const resume = async ({ exportId, setName, number, format, total }: UnfinishedExport): Promise<void> => {
  if (isBusy()) return;
  const stop = new AbortController();
  const formatLabel = formatOf(useExportFormats.getState().formats, format)?.label ?? format;
  setExportRun({ ...newExportRun({ setName, number, formatLabel, cancel: () => stop.abort() }, Date.now()), total });
  await follow((signal) => core().exports.resume({ exportId }, { signal }), stop);
};

export const resumeExport = (unfinished: UnfinishedExport): void => inBackground(resume(unfinished), topic);

const discard = async ({ exportId, setName, number }: UnfinishedExport): Promise<void> => {
  await core().exports.discard({ exportId });
  notify({ level: 'info', topic, message: `What was written of “${setName}” ${number} is thrown away.` });
  await loadUnfinishedExports();
};

export const discardExport = (unfinished: UnfinishedExport): void => inBackground(discard(unfinished), topic);

/** To the desk, with the item that a format could not carry whole. */
export const showLossOf = (asset: AssetRef): void => {
  closeOverlay();
  inBackground(openRef(asset), 'open');
};
