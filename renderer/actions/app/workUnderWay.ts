import { isUnderWay, useExportRun } from '../../stores/exportRun.ts';
import { useBulkRun } from '../../stores/bulkRun.ts';
import { useImporting } from '../../stores/importing.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { dismissTopic, notify } from '../../stores/notices.ts';

const topic = 'closing';

const importing = () => {
  const { run } = useImporting.getState();
  return run?.state === 'running' ? run : null;
};

/** How far a verdict on many, or its undo, is: "Approving, 120 of 500"; null when there is none. */
export const batchUnderWay = (): string | null => {
  const { run } = useBulkRun.getState();
  return run === null ? null : `${run.label}, ${run.done.toLocaleString()} of ${run.total.toLocaleString()}`;
};

/** The same of an import. */
export const importUnderWay = (): string | null => {
  const run = importing();
  return run === null ? null : `Importing ${run.folderName}, ${run.done.toLocaleString()} of ${run.total.toLocaleString()}`;
};

/** The same of an export of masks. */
export const exportUnderWay = (): string | null => {
  const { run } = useExportRun.getState();
  return run === null || !isUnderWay(run) ? null : `Exporting “${run.setName}”, ${run.done.toLocaleString()} of ${run.total.toLocaleString()}`;
};

/** The same of an import of masks that are being written; one that is only read has nothing to lose. */
export const maskImportUnderWay = (): string | null => {
  const { current } = useMaskImport.getState();
  return current?.state !== 'writing' ? null : `Importing masks of “${current.source.name}”, ${current.done.toLocaleString()} of ${(current.total ?? 0).toLocaleString()}`;
};

/** What would be broken off if this window went now. */
const workUnderWay = (): string | null => {
  const works = [batchUnderWay(), importUnderWay(), exportUnderWay(), maskImportUnderWay()].filter((work) => work !== null);
  return works.length === 0 ? null : works.join('; ');
};

/** What becomes of it when it is stopped half way. */
const aftermath = (): string =>
  [batchUnderWay() ?? importUnderWay() ?? exportUnderWay() ? 'What is done of it stands either way.' : null, maskImportUnderWay() === null ? null : 'Masks come in all together: stopped, none of them does.']
    .filter((sentence) => sentence !== null)
    .join(' ');

const stopWork = (): void => {
  useBulkRun.getState().run?.cancel();
  importing()?.cancel();
  if (exportUnderWay() !== null) useExportRun.getState().run?.cancel();
  if (maskImportUnderWay() !== null) useMaskImport.getState().current?.cancel();
};

/** @returns what ends the waiting */
const whenEnded = (next: () => void): (() => void) => {
  const look = (): void => {
    if (workUnderWay() !== null) return;
    stop();
    next();
  };
  const stops = [useBulkRun.subscribe(look), useImporting.subscribe(look), useExportRun.subscribe(look), useMaskImport.subscribe(look)];
  const stop = (): void => {
    for (const end of stops) end();
  };
  look();
  return stop;
};

let stopWaiting: (() => void) | null = null;

const closeWhenEnded = (sentence: string, close: () => void): void => {
  stopWaiting?.();
  // First: work that ends at once takes the notice away again.
  notify({ level: 'info', topic, message: sentence, lifeMs: null, buttons: [{ label: 'Stay', run: stay }] });
  stopWaiting = whenEnded(() => {
    stopWaiting = null;
    dismissTopic(topic);
    close();
  });
};

const stay = (): void => {
  stopWaiting?.();
  stopWaiting = null;
};

/**
 * Before the window goes: work on many items that it would break off is named, and the person says what becomes of it. Stopped, it ends between
 * two items; its undo is there at the next start.
 * @param close asked again when the work has ended @returns whether there was something to ask about
 */
export const asksAboutWork = (close: () => void): boolean => {
  const work = workUnderWay();
  if (work === null) return false;
  stay();
  const stopAndClose = (): void => {
    stopWork();
    closeWhenEnded('Maskdesk closes as soon as the work has stopped.', close);
  };
  notify({
    level: 'warning',
    topic,
    message: `${work}, is under way. ${aftermath()}`,
    lifeMs: null,
    buttons: [
      { label: 'Close when done', run: () => closeWhenEnded('Maskdesk closes when the work is done.', close) },
      { label: 'Stop and close', run: stopAndClose },
    ],
  });
  // Work that ends before anybody has answered leaves nothing to ask about.
  stopWaiting = whenEnded(() => {
    stopWaiting = null;
    dismissTopic(topic);
  });
  return true;
};
