import { core } from '../../bridge/core.ts';
import type { BulkVerdict } from '../../../shared/contracts/rpc/review.ts';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { clearChosen, useBulkSelection } from '../../stores/bulkSelection.ts';
import { keepRefusals, useBulkRun } from '../../stores/bulkRun.ts';
import { inBackground, notify, type NoticeButton } from '../../stores/notices.ts';
import { openOverlay, useOverlay } from '../../stores/overlay.ts';
import { refreshQueue, useQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { nextOpen } from '../desk/advance.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { openItem } from '../desk/openItem.ts';
import { logStep, type UndoStep } from '../review/undoSteps.ts';
import { undoThisStep } from '../review/undoVerdict.ts';
import { verdictsSettled } from '../review/verdictLog.ts';
import { followBatch, type BatchEnd } from './followBatch.ts';

/** How one kind of verdict on many is told. */
interface Words {
  readonly doing: string;
  readonly done: string;
  readonly noun: string;
}

const words: Readonly<Record<BulkVerdict['kind'], Words>> = {
  approve: { doing: 'Approving', done: 'Approved', noun: 'Approval' },
  reject: { doing: 'Rejecting', done: 'Rejected', noun: 'Rejection' },
  reopen: { doing: 'Reopening', done: 'Reopened', noun: 'Reopening' },
};

/** Whether there is something chosen to work on, and nothing of the kind is going on. */
export const canJudgeChosen = (): boolean => useBulkSelection.getState().chosen.size > 0 && !useBulkSelection.getState().isReading && useBulkRun.getState().run === null;

const items = (count: number): string => `${count.toLocaleString()} ${count === 1 ? 'item' : 'items'}`;

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

/** Says how it ended; a warning that something was refused stays until it is read. */
const tell = (sentence: string, participle: string, end: BatchEnd, buttons: readonly NoticeButton[]): void => {
  const refused = end.refused.length === 0 ? '' : `, ${end.refused.length.toLocaleString()} refused`;
  const stopped = end.isStopped ? ', then stopped' : '';
  notify({
    level: end.refused.length > 0 ? 'warning' : end.isStopped ? 'info' : 'success',
    topic: 'bulk',
    message: `${sentence}${refused}${stopped}`,
    buttons: [...showRefusals(participle, end), ...buttons],
  });
};

/** Where the item in hand was judged with the others the desk goes on to the next. */
const moveOn = async (end: BatchEnd): Promise<void> => {
  forgetContexts();
  await refreshQueue();
  const { item } = useSelection.getState();
  const isJudged = item !== null && (end.assets?.some((asset) => sameAsset(asset, item)) ?? false);
  if (!isJudged || useQueue.getState().filter.state === null) return;
  const next = await nextOpen(item);
  if (next !== null) await openItem(next);
};

const takeBackBatch = async (batchId: NonNullable<BatchEnd['batchId']>, count: number, noun: string): Promise<void> => {
  const end = await followBatch('Taking back', count, new AbortController(), (signal) => core().review.undoBatch({ batchId }, { signal }));
  forgetContexts();
  await refreshQueue();
  tell(`${noun} of ${items(end.done)} taken back`, 'not taken back', end, []);
};

const judge = async (verdict: BulkVerdict): Promise<void> => {
  const chosen = [...useBulkSelection.getState().chosen.values()];
  const { doing, done, noun } = words[verdict.kind];
  const stop = new AbortController();
  // Each item is as the person saw it when they chose it.
  const running = verdictsSettled().then(() =>
    followBatch(doing, chosen.length, stop, (signal) => core().review.bulk({ items: chosen.map(({ asset, expectedHead }) => ({ asset, expectedHead })), verdict }, { signal })),
  );
  const step: UndoStep = logStep(async () => {
    stop.abort(); // still at it: ends where it is, then all of it is taken back
    const end = await running.catch(() => null);
    if (end !== null && end.batchId !== null) await takeBackBatch(end.batchId, end.done, noun);
  });
  clearChosen();
  const end = await running;
  const undo: NoticeButton = { label: 'Undo', run: () => undoThisStep(step) };
  tell(`${done} ${items(end.done)}`, `not ${done.toLowerCase()}`, end, end.done > 0 ? [undo] : []);
  await moveOn(end);
};

/** Judges everything that is chosen, as one: each as by hand, refused ones by name, and one undo for all. */
export const judgeChosen = (verdict: BulkVerdict): void => {
  if (!canJudgeChosen()) return;
  if (useOverlay.getState().open !== null) useOverlay.setState({ open: null });
  inBackground(judge(verdict), 'bulk');
};

