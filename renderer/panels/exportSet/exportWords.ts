import type { Snapshot } from '../../../shared/domain/maskSet.ts';
import { isUnderWay, type ExportRun } from '../../stores/exportRun.ts';
import { paceWords } from '../shared/paceWords.ts';
import { masksWord, megabytes } from '../shared/words.ts';

/** "12 Nov", with the year where it is another one. */
export const dayWord = (atMs: number): string => {
  const at = new Date(atMs);
  return at.toLocaleDateString([], { day: 'numeric', month: 'short', ...(at.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' as const }) });
};

/** "Number 3 · 12 Nov · 412 masks" */
export const snapshotWords = ({ number, createdAtMs, entryCount }: Snapshot): string => `Number ${number} · ${dayWord(createdAtMs)} · ${masksWord(entryCount)}`;

/** Three digits are enough to tell 0.999 from 1, which only equal masks have. */
export const iouWord = (iou: number): string => (iou === 1 ? '1' : Math.min(0.999, Math.floor(iou * 1000) / 1000).toFixed(3));

const phaseWords = { writing: 'Writing', verifying: 'Reading back' } as const;

/** "“Approved” 4 as COCO" */
export const runTitle = ({ setName, number, formatLabel }: Pick<ExportRun, 'setName' | 'number' | 'formatLabel'>): string => `“${setName}”${number === null ? '' : ` ${number.toLocaleString()}`} as ${formatLabel}`;

/** 0..1 of the phase; null while nothing is known. */
export const runShare = ({ total, done }: Pick<ExportRun, 'total' | 'done'>): number | null => (total === 0 ? null : done / total);

/** "Writing · 120 of 412 · 35 a second · 8 s left · 12 MB" */
export const progressWords = (run: ExportRun): string => {
  if (run.state === 'freezing') return 'Freezing the set…';
  const parts = [
    phaseWords[run.phase],
    ...paceWords(run),
    run.bytes === 0 ? null : megabytes(run.bytes),
    run.losses.length === 0 ? null : `${masksWord(run.losses.length)} with losses`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
};

/** How a run stands or ended, in a line. */
export const runHeadline = (run: ExportRun): string => {
  if (isUnderWay(run)) return `Exporting ${runTitle(run)}…`;
  if (run.state === 'failed') return `${runTitle(run)} could not be exported`;
  if (run.state === 'cancelled') return `The export of ${runTitle(run)} was stopped`;
  return `${runTitle(run)} is exported`;
};
