import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { patchAuditRun, setAuditRun, useAuditExport, type AuditRange } from '../../stores/auditExport.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const auditExport: Action = {
  id: 'auditExport',
  label: 'Export the audit trail…',
  group: 'App',
  alsoCalled: ['Log', 'Who did what'],
  keys: [],
  run: () => toggleOverlay('auditExport'),
};

const daysOf: Readonly<Record<AuditRange, number | null>> = { today: 1, week: 7, month: 30, all: null };

/** Whole days of this machine's calendar, up to now; null: from the start. */
const sinceOf = (range: AuditRange): number | null => {
  const days = daysOf[range];
  if (days === null) return null;
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  midnight.setDate(midnight.getDate() - (days - 1));
  return midnight.getTime();
};

const exportNow = async (): Promise<void> => {
  const chosen = await core().audit.chooseFolder();
  if (chosen === null) return;
  const { range, format } = useAuditExport.getState();
  const stop = new AbortController();
  setAuditRun({ done: 0, total: 0, state: 'running', message: null, cancel: () => stop.abort() });
  try {
    for await (const step of await core().audit.export({ folderToken: chosen.folderToken, sinceMs: sinceOf(range), untilMs: null, format }, { signal: stop.signal })) {
      if (step.kind === 'progress') patchAuditRun({ done: step.done, total: step.total });
      else patchAuditRun({ state: 'finished', done: step.entries, message: `${step.entries.toLocaleString()} ${step.entries === 1 ? 'entry is' : 'entries are'} in ${chosen.name}/${step.fileName}` });
    }
    if (stop.signal.aborted) setAuditRun(null);
  } catch (error) {
    if (stop.signal.aborted) setAuditRun(null);
    else patchAuditRun({ state: 'failed', message: sentenceOf(error) });
  }
};

export const startAuditExport = (): void => inBackground(exportNow(), 'auditExport');

export const closeAuditExport = (): void => {
  if (useAuditExport.getState().run?.state !== 'running') setAuditRun(null);
  closeOverlay();
};
