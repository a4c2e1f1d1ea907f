import type { AuditEntry, AuditKind, CommentChange } from '../../../shared/domain/audit.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { rejectReasonLabels, type Verdict } from '../../../shared/domain/verdict.ts';
import { promptWords } from '../shared/promptWords.ts';
import { shareWord, versionName } from '../shared/versionWords.ts';
import { percent } from '../shared/words.ts';

export const auditKindLabels: Readonly<Record<AuditKind, string>> = {
  imported: 'Import',
  mask: 'Masks',
  verdict: 'Verdicts',
  head: 'Choices',
  publication: 'Publishing',
  comment: 'Comments',
};

const maskDetail = ({ model, prompts, areaPx, widthPx, heightPx }: Revision): string =>
  [...(model === null ? [] : [`threshold ${shareWord(model.threshold)}`, model.executionProvider]), percent(areaPx / (widthPx * heightPx)), ...(prompts === null ? [] : [`prompts: ${promptWords(prompts)}`])].join(' · ');

const verdictWord: Readonly<Record<Verdict['kind'], string>> = {
  approve: 'approved the mask',
  reject: 'rejected the mask',
  reopen: 'reopened it for review',
  undo: 'took a verdict back',
};

const undoWord = (undone: Verdict | null, who: string | null): string => {
  if (undone === null) return verdictWord.undo;
  const noun = { approve: 'approval', reject: 'rejection', reopen: 'reopening', undo: 'verdict' }[undone.kind];
  return undone.reviewer === who ? `took the ${noun} back` : `took the ${noun} by ${undone.reviewer} back`;
};

const publicationWord = { pending: 'is being published', published: 'was published', withdrawn: 'was withdrawn', superseded: 'was not published: a newer one was' } as const;

const commentWord: Readonly<Record<CommentChange, string>> = {
  added: 'wrote a comment',
  edited: 'changed a comment',
  resolved: 'resolved a comment',
  reopened: 'reopened a comment',
  removed: 'removed a comment',
};

export interface AuditWords {
  /** Null: nobody in particular. */
  readonly who: string | null;
  readonly what: string;
  readonly detail: string | null;
}

/** What happened, in parts of a sentence. @param revisions to name the versions that a choice was between */
export const wordsOf = (entry: AuditEntry, revisions: readonly Revision[]): AuditWords => {
  switch (entry.kind) {
    case 'imported':
      return { who: null, what: 'The picture came into the store', detail: null };
    case 'mask':
      return { who: entry.who, what: entry.revision.origin === 'import' ? 'was imported as a mask' : entry.revision.origin === 'human' ? 'painted a mask' : 'made a mask', detail: maskDetail(entry.revision) };
    case 'verdict': {
      const { verdict, undone } = entry;
      const detail = [verdict.reason === null ? null : rejectReasonLabels[verdict.reason], verdict.note].filter((part) => part !== null);
      return { who: entry.who, what: verdict.kind === 'undo' ? undoWord(undone, entry.who) : verdictWord[verdict.kind], detail: detail.length === 0 ? null : detail.join(': ') };
    }
    case 'head':
      return {
        who: entry.who ?? 'Somebody',
        what: entry.isUndo ? 'took the choice of a mask back' : 'chose another mask',
        detail: `${versionName(revisions, entry.fromRevisionId)} → ${versionName(revisions, entry.revisionId)}`,
      };
    case 'publication':
      return { who: null, what: `The mask ${publicationWord[entry.outcome]}`, detail: entry.lastError ?? entry.stablePath };
    case 'comment':
      return { who: entry.who, what: commentWord[entry.change], detail: entry.change === 'removed' || entry.comment.text === '' ? null : entry.comment.text };
  }
};

/** For the clipboard: a line an entry, times as ISO 8601 in this place's zone-free UTC, so that it can be sorted and compared. */
export const auditText = (title: string, entries: readonly AuditEntry[], revisions: readonly Revision[]): string => {
  const lines = entries.map((entry) => {
    const { who, what, detail } = wordsOf(entry, revisions);
    return `${new Date(entry.atMs).toISOString()}  ${who === null ? what : `${who} ${what}`}${detail === null ? '' : ` (${detail.replaceAll(/\s+/g, ' ')})`}`;
  });
  return [title, ...lines, ''].join('\n');
};
