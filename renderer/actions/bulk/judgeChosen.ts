import { core } from '../../bridge/core.ts';
import type { BulkVerdict } from '../../../shared/contracts/rpc/review.ts';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { clearChosen, useBulkSelection } from '../../stores/bulkSelection.ts';
import { useBulkRun } from '../../stores/bulkRun.ts';
import { inBackground, type NoticeButton } from '../../stores/notices.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { refreshQueue, useQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { nextOpen } from '../desk/advance.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { keepEverything } from '../desk/draftKeeper.ts';
import { dropAhead } from '../desk/holdItems.ts';
import { openItem } from '../desk/openItem.ts';
import { logStep, takeStep, type UndoStep } from '../review/undoSteps.ts';
import { undoThisStep } from '../review/undoVerdict.ts';
import { verdictsSettled } from '../review/verdictLog.ts';
import { itemCount, tellBatchEnd } from './batchWords.ts';
import { followBatch, type BatchEnd } from './followBatch.ts';
import { takeBackBatch } from './takeBackBatch.ts';

/** How one kind of verdict on many is told. */
interface Words {
  readonly doing: string;
  readonly done: string;
}

const words: Readonly<Record<BulkVerdict['kind'], Words>> = {
  approve: { doing: 'Approving', done: 'Approved' },
  reject: { doing: 'Rejecting', done: 'Rejected' },
  reopen: { doing: 'Reopening', done: 'Reopened' },
};

/** Whether there is something chosen to work on, and nothing of the kind is going on. */
export const canJudgeChosen = (): boolean => useBulkSelection.getState().chosen.size > 0 && !useBulkSelection.getState().isReading && useBulkRun.getState().run === null;

/** Where the item in hand was judged with the others the desk goes on to the next. */
const moveOn = async (end: BatchEnd): Promise<void> => {
  forgetContexts();
  await refreshQueue();
  const { item } = useSelection.getState();
  const isJudged = item !== null && (end.assets?.some((asset) => sameAsset(asset, item)) ?? false);
  if (!isJudged || useQueue.getState().filter.state === null) return;
  // What was kept to come next may have been judged with the others.
  dropAhead();
  const next = await nextOpen(item);
  if (next !== null) await openItem(next);
};

/** What is on its way is judged, and what was painted a moment ago is a draft: of that the core refuses to approve what is not shown. */
const settled = async (): Promise<void> => {
  await verdictsSettled();
  await keepEverything();
};

const judge = async (verdict: BulkVerdict): Promise<void> => {
  const chosen = [...useBulkSelection.getState().chosen.values()];
  const { doing, done } = words[verdict.kind];
  const stop = new AbortController();
  // Each item is as the person saw it when they chose it.
  const running = settled().then(() =>
    followBatch(doing, chosen.length, stop, () => core().review.bulk({ items: chosen.map(({ asset, expectedHead }) => ({ asset, expectedHead })), verdict })),
  );
  const step: UndoStep = logStep(async () => {
    stop.abort(); // still at it: ends where it is, then all of it is taken back
    const end = await running.catch(() => null);
    if (end !== null && end.done > 0) await takeBackBatch(end.batchId, end.done, verdict.kind, undoThisStep);
  });
  clearChosen();
  const end = await running.catch((error: unknown) => {
    takeStep(step); // it never began
    throw error;
  });
  const undo: NoticeButton = { label: 'Undo', run: () => undoThisStep(step) };
  tellBatchEnd(`${done} ${itemCount(end.done)}`, `not ${done.toLowerCase()}`, end, end.done > 0 ? [undo] : []);
  await moveOn(end);
};

/** Judges everything that is chosen, as one: each as by hand, refused ones by name, and one undo for all. */
export const judgeChosen = (verdict: BulkVerdict): void => {
  if (!canJudgeChosen()) return;
  if (useOverlay.getState().open !== null) useOverlay.setState({ open: null });
  inBackground(judge(verdict), 'bulk');
};

