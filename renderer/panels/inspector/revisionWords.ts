import type { ImportOrigin } from '../../../shared/domain/importOrigin.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { rejectReasonLabels, type Verdict } from '../../../shared/domain/verdict.ts';
import { promptWords } from '../shared/promptWords.ts';
import { shareWord } from '../shared/versionWords.ts';
import { clockTime, percent } from '../shared/words.ts';

/** The last word on a revision: verdicts that were taken back do not count. */
export const verdictOn = (revision: Revision, verdicts: readonly Verdict[]): Verdict | null => {
  const undone = new Set(verdicts.map(({ undoesVerdictId }) => undoesVerdictId));
  return verdicts.findLast(({ kind, revisionId, verdictId }) => kind !== 'undo' && revisionId === revision.revisionId && !undone.has(verdictId)) ?? null;
};

/** "approved by Mara", "rejected: holes". */
export const verdictWords = ({ kind, reviewer, reason }: Verdict): string => {
  if (kind === 'reject') return `rejected${reason === null ? '' : `: ${rejectReasonLabels[reason].toLowerCase()}`} by ${reviewer}`;
  return `${kind === 'approve' ? 'approved' : 'reopened'} by ${reviewer}`;
};

/** What is most worth knowing, in one line. */
export const briefly = (revision: Revision): string => {
  const facts = [percent(revision.areaPx / (revision.widthPx * revision.heightPx))];
  if (revision.model !== null) facts.unshift(`threshold ${shareWord(revision.model.threshold)}`);
  if (revision.iouToParent !== null) facts.push(revision.iouToParent === 1 ? 'unchanged' : `IoU ${shareWord(revision.iouToParent)}`);
  if (revision.prompts !== null) facts.push('prompted');
  if (revision.beside === 'waiting') facts.push('waits to be taken or left');
  if (revision.beside === 'left') facts.push('left');
  if (revision.beside === 'undone') facts.push('import taken back');
  return facts.join(' · ');
};

/** Who stands behind it, and of an import what it came from. */
export const makerOf = ({ author, importOrigin }: Pick<Revision, 'author' | 'importOrigin'>): { readonly name: string; readonly from: string | null } =>
  importOrigin == null ? { name: author, from: null } : { name: `Imported by ${author}`, from: importOrigin.source };

const milliseconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Which tool's annotation it was, and what was done to it. */
const originInFull = ({ format, source, place, categories, instances, changes }: ImportOrigin): readonly (readonly [string, string])[] => [
  ['Imported from', source],
  ['Format', format],
  ['Place', place],
  ...(categories.length === 0 ? [] : [[categories.length === 1 ? 'Category' : 'Categories', categories.join(', ')] as const]),
  ...(instances <= 1 ? [] : [['Instances', `${instances.toLocaleString()} joined`] as const]),
  ...(changes.length === 0 ? [] : [['Changed', changes.join(', ')] as const]),
];

/** Everything that is known of it, for whoever has chosen it. */
export const inFull = ({ model, areaPx, widthPx, heightPx, iouToParent, createdAtMs, matteSha256, prompts, importOrigin }: Revision): readonly (readonly [string, string])[] => [
  ['Made', new Date(createdAtMs).toLocaleString()],
  ...(model === null
    ? []
    : ([
        ['Threshold', model.threshold.toFixed(2)],
        ['Ran on', `${model.executionProvider}, ${milliseconds(model.inferenceMs)}`],
        ...(model.confidence === null ? [] : [['Certainty', model.confidence.toFixed(2)] as const]),
      ] as const)),
  ['Area', `${areaPx.toLocaleString()} px, ${percent(areaPx / (widthPx * heightPx))}`],
  ...(iouToParent === null ? [] : [['IoU to the one before', iouToParent.toFixed(3)] as const]),
  ...(prompts === null ? [] : [['Prompts', promptWords(prompts)] as const]),
  ...(matteSha256 === null ? [] : [['Soft edge', 'kept'] as const]),
  ...(importOrigin == null ? [] : originInFull(importOrigin)),
];

const minuteMs = 60_000;

/** "now", "12 min ago", today's time, else the date. */
export const ago = (atMs: number, nowMs: number): string => {
  const minutes = Math.floor((nowMs - atMs) / minuteMs);
  if (minutes < 1) return 'now';
  return minutes < 60 ? `${minutes} min ago` : clockTime(atMs);
};
