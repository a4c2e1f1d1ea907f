import { keepRefusals } from '../../stores/bulkRun.ts';
import { notify, type NoticeButton } from '../../stores/notices.ts';
import { openOverlay } from '../../stores/overlay.ts';
import type { BatchEnd } from './followBatch.ts';

export const itemCount = (count: number): string => `${count.toLocaleString()} ${count === 1 ? 'item' : 'items'}`;

const showRefusals = (participle: string, { refused }: BatchEnd): NoticeButton[] => {
  if (refused.length === 0) return [];
  return [
    {
      label: 'Show',
      run: () => {
        keepRefusals({ participle, items: refused });
        openOverlay('bulkRefused');
      },
    },
  ];
};

const levelOf = ({ refused, isStopped, trouble }: BatchEnd) => {
  if (trouble !== null) return 'error';
  if (refused.length > 0) return 'warning';
  return isStopped ? 'info' : 'success';
};

/** Says how a batch ended; a warning that something was refused stays until it is read. @param participle of what was refused: "not approved" */
export const tellBatchEnd = (sentence: string, participle: string, end: BatchEnd, buttons: readonly NoticeButton[]): void => {
  const refused = end.refused.length === 0 ? '' : `, ${end.refused.length.toLocaleString()} refused`;
  const ended = end.trouble !== null ? `, then it ended. ${end.trouble}` : end.isStopped ? ', then stopped' : '';
  notify({ level: levelOf(end), topic: 'bulk', message: `${sentence}${refused}${ended}`, buttons: [...showRefusals(participle, end), ...buttons] });
};
