import type { WaitingItem } from '../../../shared/contracts/rpc/offline.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** "3 verdicts and 2 drafts" */
export const countWords = (items: readonly WaitingItem[]): string => {
  const drafts = items.filter(({ kind }) => kind === 'draft').length;
  const verdicts = items.length - drafts;
  return [verdicts > 0 && counted(verdicts, 'verdict'), drafts > 0 && counted(drafts, 'draft')].filter((part) => part !== false).join(' and ');
};

export const kindWords = ({ kind, hasOwnMask }: Pick<WaitingItem, 'kind' | 'hasOwnMask'>): string => {
  if (kind === 'approve') return hasOwnMask ? 'Approved with your mask' : 'Approved as it was';
  if (kind === 'reject') return 'Rejected';
  if (kind === 'reopen') return 'Back to review';
  return hasOwnMask ? 'Draft' : 'Draft discarded';
};
