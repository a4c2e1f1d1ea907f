import { core } from '../../bridge/core.ts';
import type { VerdictKind } from '../../../shared/domain/verdict.ts';
import { refreshQueue } from '../../stores/queue.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { logStep, type UndoStep } from '../review/undoSteps.ts';
import { itemCount, tellBatchEnd } from './batchWords.ts';
import { followBatch, type BatchId } from './followBatch.ts';

/** "Approval of boots-3 taken back". */
export const verdictNouns: Readonly<Record<VerdictKind, string>> = { approve: 'Approval', reject: 'Rejection', reopen: 'Reopening', undo: 'Undo' };

/**
 * Takes a batch back as one. Stopped on the way, or broken off, the rest of it is a step again: undo goes on with it.
 * @param count how many there are, as far as is known @param undoStep how a notice's button undoes a step
 * @throws ExpectedError nothing_to_undo; what kept it from beginning
 */
export const takeBackBatch = async (batchId: BatchId, count: number, kind: VerdictKind, undoStep: (step: UndoStep) => void): Promise<void> => {
  const end = await followBatch('Taking back', count, new AbortController(), () => core().review.undoBatch({ batchId }));
  forgetContexts();
  const isWhole = !end.isStopped && end.trouble === null;
  const rest = isWhole ? null : logStep(() => takeBackBatch(batchId, Math.max(0, count - end.done), kind, undoStep));
  tellBatchEnd(
    `${verdictNouns[kind]} of ${itemCount(end.done)} taken back`,
    'not taken back',
    end,
    rest === null ? [] : [{ label: 'Take back the rest', run: () => undoStep(rest) }],
  );
  await refreshQueue();
};
