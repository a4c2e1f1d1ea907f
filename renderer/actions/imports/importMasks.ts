import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import type { ImportId } from '../../../shared/domain/ids.ts';
import type { SomeDecisions } from '../../../shared/domain/importDecisions.ts';
import { undoneWords, type UndoneImport } from '../../../shared/domain/importUndone.ts';
import { isCancelled } from '../../../shared/errors/errors.ts';
import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { LatestQuestion } from '../../bridge/latestQuestion.ts';
import { isMaskImportUnderWay, newMaskImport, patchMaskImport, setMaskImport, tellMaskImport, useMaskImport, type GivenSource, type MaskImport } from '../../stores/maskImport.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { setFilter } from '../../stores/queue.ts';
import { everything, toReview } from '../../stores/queueFilter.ts';
import type { Action } from '../action.ts';
import { noteChanges } from '../desk/followChanges.ts';

const topic = 'importMasks';
const showImport = { label: 'Show', run: () => openOverlay('importMasks') };

export const importMasks: Action = {
  id: 'importMasks',
  label: 'Import masks…',
  group: 'App',
  alsoCalled: ['COCO', 'YOLO', 'CVAT', 'Label Studio', 'Annotations'],
  keys: ['Ctrl+Alt+I'],
  run: () => toggleOverlay('importMasks'),
};

export const readImportFormats = (): void => inBackground(core().maskImports.formats().then((formats) => useMaskImport.setState({ formats })), topic);

/** What the latest decisions come to: one who clicks on does not wait for those before. */
const recounting = new LatestQuestion();

/** What was read of a source is not needed any more. */
const forget = (current: MaskImport | null): void => {
  recounting.giveUp();
  const inspectionId = current?.preview?.inspectionId;
  if (inspectionId !== undefined) inBackground(core().maskImports.forget({ inspectionId }), topic);
};

/** Puts away what has ended; what is under way goes on behind the closed card, and a preview waits there. */
export const closeMaskImport = (): void => {
  const { current } = useMaskImport.getState();
  if (current !== null && !isMaskImportUnderWay(current) && current.state !== 'decide') anotherMaskImport();
  closeOverlay();
};

/** Back to the choice of a source. */
export const anotherMaskImport = (): void => {
  forget(useMaskImport.getState().current);
  setMaskImport(null);
};

/** A failure or a cancellation that came from the signal; both end up in the import. */
const endBadly = (error: unknown, stop: AbortController): void => {
  if (stop.signal.aborted || isCancelled(error)) patchMaskImport({ state: 'cancelled' });
  else patchMaskImport({ state: 'failed', error: sentenceOf(error) });
};

const inspect = async (source: GivenSource): Promise<void> => {
  const { current, format } = useMaskImport.getState();
  if (isMaskImportUnderWay(current)) {
    notify({ level: 'warning', topic, message: `Another import is under way. ${source.name} can be imported when that has ended.`, buttons: [showImport] });
    return;
  }
  forget(current);
  const stop = new AbortController();
  setMaskImport(newMaskImport(source, () => stop.abort(), Date.now()));
  openOverlay('importMasks');
  try {
    for await (const step of await core().maskImports.inspect({ folderToken: source.folderToken, format }, { signal: stop.signal })) {
      if (step.kind === 'progress') tellMaskImport(step);
      else patchMaskImport({ state: 'decide', preview: step.preview });
    }
    // A stream that a cancellation ended has no last word.
    if (useMaskImport.getState().current?.state === 'reading') patchMaskImport({ state: 'cancelled' });
  } catch (error) {
    endBadly(error, stop);
  }
  if (useOverlay.getState().open === 'importMasks') return;
  const { current: ended } = useMaskImport.getState();
  if (ended?.state === 'decide') notify({ level: 'info', topic, message: `${source.name} is read. Nothing is imported yet.`, lifeMs: null, buttons: [showImport] });
  if (ended?.state === 'failed') notify({ level: 'error', topic, message: `${source.name} could not be read. ${ended.error ?? ''}`, buttons: [showImport] });
};

/** Reads what was chosen or dropped, and shows what it would come to. */
export const inspectSource = (source: GivenSource): void => inBackground(inspect(source), topic);

const chooseAndInspect = async (kind: 'folder' | 'file'): Promise<void> => {
  const source = await core().maskImports.choose({ kind });
  if (source !== null) await inspect(source);
};

export const chooseSource = (kind: 'folder' | 'file'): void => inBackground(chooseAndInspect(kind), topic);

/** Reads the same source as another format, or again after its files were mended. */
export const inspectAs = (format: ImportFormatId | 'auto'): void => {
  const { current } = useMaskImport.getState();
  useMaskImport.setState({ format });
  if (current !== null) inspectSource(current.source);
};

const recount = async (decisions: SomeDecisions): Promise<void> => {
  const inspectionId = useMaskImport.getState().current?.preview?.inspectionId;
  if (inspectionId === undefined) return;
  patchMaskImport({ decisions, isRecounting: true });
  try {
    const told = await recounting.ask((signal) => core().maskImports.preview({ inspectionId, decisions }, { signal }));
    if (told !== null) patchMaskImport({ preview: told.answer, isRecounting: false });
  } catch (error) {
    patchMaskImport({ isRecounting: false });
    throw error;
  }
};

/** Another decision: what it comes to is counted without reading the source again. */
export const decide = (change: SomeDecisions): void => {
  const { current } = useMaskImport.getState();
  if (current?.state === 'decide') inBackground(recount({ ...current.decisions, ...change }), topic);
};

const finishedWords = ({ source, result }: MaskImport): string => {
  if (result === null || result.imported === 0) return `Nothing in ${source.name} was new.`;
  const waiting = result.imported - result.becameHead;
  return `${result.imported.toLocaleString()} ${result.imported === 1 ? 'mask' : 'masks'} of ${source.name} came in${waiting === 0 ? '' : `, ${waiting.toLocaleString()} of them beside a person’s work`}.`;
};

const apply = async (): Promise<void> => {
  const { current } = useMaskImport.getState();
  if (current?.state !== 'decide' || current.preview === null) return;
  const { inspectionId } = current.preview;
  const stop = new AbortController();
  const nowMs = Date.now();
  patchMaskImport({ state: 'writing', phase: 'masks', done: 0, total: current.preview.outcome.masks, phaseStart: { atMs: nowMs, done: 0 }, toldAtMs: nowMs, cancel: () => stop.abort() });
  try {
    for await (const step of await core().maskImports.apply({ inspectionId, decisions: current.decisions }, { signal: stop.signal })) {
      if (step.kind === 'progress') tellMaskImport(step);
      else patchMaskImport({ state: 'finished', result: step });
    }
    if (useMaskImport.getState().current?.state === 'writing') patchMaskImport({ state: 'cancelled' });
  } catch (error) {
    endBadly(error, stop);
  }
  noteChanges([]);
  const ended = useMaskImport.getState().current;
  if (ended === null || useOverlay.getState().open === 'importMasks') return;
  if (ended.state === 'failed') notify({ level: 'error', topic, message: `${ended.source.name} could not be imported. ${ended.error ?? ''}`, buttons: [showImport] });
  if (ended.state === 'finished') notify({ level: 'success', topic, message: finishedWords(ended), lifeMs: null, buttons: [{ label: 'Undo', run: undoMaskImport }, ...(ended.result !== null && ended.result.imported > ended.result.becameHead ? [{ label: 'Show those beside', run: showWaiting }] : []), showImport] });
};

export const applyImport = (): void => inBackground(apply(), topic);

/** To the queue, with what is to be reviewed. */
export const showImported = (): void => {
  closeMaskImport();
  inBackground(setFilter(toReview), 'queue');
};

/** To the queue, with what waits beside people's work, whatever its state. */
export const showWaiting = (): void => {
  closeMaskImport();
  inBackground(setFilter({ ...everything, importWaits: true }), 'queue');
};

/** Takes any import back. @returns what came of it */
export const undoImport = async (importId: ImportId): Promise<UndoneImport> => {
  const undone = await core().maskImports.undo({ importId });
  const isLatest = useMaskImport.getState().current?.result?.importId === importId;
  if (isLatest) patchMaskImport({ undone });
  noteChanges([]);
  // The page of the import says it by itself.
  if (!isLatest || useOverlay.getState().open !== 'importMasks') notify({ level: 'info', topic, message: `The import is taken back. ${undoneWords(undone)}` });
  return undone;
};

/** Masks go back to what they were before the last import, where nobody has touched them since. */
export const undoMaskImport = (): void => {
  const importId = useMaskImport.getState().current?.result?.importId ?? null;
  if (importId !== null) inBackground(undoImport(importId), topic);
};
