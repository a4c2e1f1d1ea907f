import { core } from '../../bridge/core.ts';
import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import type { VerdictKind } from '../../../shared/domain/verdict.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { countVerdict } from '../../stores/pace.ts';
import { patchQueue, refreshQueueIfThere, restoreToQueue } from '../../stores/queue.ts';
import { useUndoable } from '../../stores/undoable.ts';
import { verdictNouns, takeBackBatch } from '../bulk/takeBackBatch.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { openItem } from '../desk/openItem.ts';
import { hasLoggedSteps, putBackStep, takeLatestStep, takeStep, type UndoStep } from './undoSteps.ts';
import { afterVerdicts, type GivenVerdict } from './verdictLog.ts';

/** Back to the item, whatever the list is filtered by; the desk shows it even where the list does not. */
const showTakenBack = async ({ asset, isWaiting }: VerdictResult, kind: VerdictKind): Promise<void> => {
  forgetContexts();
  patchQueue(asset);
  // It left the list when it was judged.
  if (isWaiting === true) restoreToQueue(asset);
  await refreshQueueIfThere();
  await openItem(asset);
  notify({ level: 'info', message: `${verdictNouns[kind]} of ${asset.id} taken back`, topic: 'verdict' });
};

/** Takes a verdict back and returns to its item. */
export const takeBackVerdict = async (verdict: GivenVerdict): Promise<void> => {
  const given = await verdict.result.catch(() => null);
  if (given === null) return; // it was refused: there is nothing to take back, and the refusal was said
  const result = await afterVerdicts(() => core().review.undo({ verdictId: given.verdict.verdictId }));
  countVerdict(Date.now(), -1);
  await showTakenBack(result, given.verdict.kind);
};

/** These say that it can never be taken back; after anything else it is there to be tried again. */
const isFinal = (error: unknown): boolean => isExpected(error, 'nothing_to_undo') || isExpected(error, 'not_found') || isExpected(error, 'stale_revision');

const takeBack = async (step: UndoStep): Promise<void> => {
  try {
    await step.takeBack();
  } catch (error) {
    if (!isFinal(error)) putBackStep(step);
    throw error;
  }
};

/** From a notice: that very step. */
export const undoThisStep = (step: UndoStep): void => {
  if (takeStep(step)) inBackground(takeBack(step), 'undo');
};

/** From the key: the latest thing of this session. @returns false when that is no such step */
export const undoLatestStep = (): boolean => {
  const step = takeLatestStep();
  if (step === null) return false;
  inBackground(takeBack(step), 'undo');
  return true;
};

/** The one verdict that may be taken back after a restart was, or is being. */
let reachedBack = false;

const takeBackEarlier = async (): Promise<void> => {
  try {
    const latest = await core().review.latest();
    // Given together, it is taken back together, also after a restart.
    if (latest !== null && latest.batchId !== null) return await takeBackBatch(latest.batchId, 0, latest.kind, undoThisStep);
    const result = await core().review.undo(latest === null ? {} : { verdictId: latest.verdictId });
    await showTakenBack(result, latest?.kind ?? 'undo');
  } catch (error) {
    if (!isExpected(error, 'nothing_to_undo')) {
      reachedBack = false;
      throw error;
    }
    notify({ level: 'info', message: error.message, topic: 'verdict', lifeMs: 4000 });
  }
};

/** Another person: their own last verdict may be reached back for. */
export const reachBackAnew = (): void => {
  reachedBack = false;
  inBackground(loadEarlierVerdict(), 'undo');
};

/** Whether there is one: the button is dim where there is not. */
export const loadEarlierVerdict = async (): Promise<void> => {
  const latest = await core().review.latest();
  useUndoable.setState({ hasEarlier: latest !== null });
};

/** Whether {@link undoEarlierVerdict} may still be asked. */
export const mayReachBack = (): boolean => !hasLoggedSteps() && !reachedBack && useUndoable.getState().hasEarlier;

/**
 * Before anything is judged in this session: this reviewer's last verdict of an earlier one, and no other. Further back nobody remembers what a
 * key would undo. @returns false when that is not the case any more
 */
export const undoEarlierVerdict = (): boolean => {
  if (hasLoggedSteps() || reachedBack) return false;
  reachedBack = true;
  useUndoable.setState({ hasEarlier: false });
  inBackground(takeBackEarlier(), 'undo');
  return true;
};
