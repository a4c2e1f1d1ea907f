import { core } from '../../bridge/core.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { countVerdict } from '../../stores/pace.ts';
import { refreshQueue } from '../../stores/queue.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { openItem } from '../desk/openItem.ts';
import { takeLatestVerdict, takeVerdict, type GivenVerdict } from './verdictLog.ts';

/** Takes a verdict back and returns to its item. */
const takeBack = async (verdict: GivenVerdict): Promise<void> => {
  const given = await verdict.result.catch(() => null);
  if (given === null) return; // it was refused: there is nothing to take back, and the refusal was said
  const { asset } = await core().review.undo({ verdictId: given.verdict.verdictId });
  countVerdict(Date.now(), -1);
  forgetContexts();
  await refreshQueue();
  await openItem(asset);
  const what = given.verdict.kind === 'approve' ? 'Approval' : 'Rejection';
  notify({ level: 'info', message: `${what} of ${asset.id} taken back`, topic: 'verdict' });
};

/** From the toast: that very verdict. */
export const undoThisVerdict = (verdict: GivenVerdict): void => {
  if (takeVerdict(verdict)) inBackground(takeBack(verdict), 'undo');
};

/** From the key: the latest of this session. @returns false when there is none */
export const undoLatestVerdict = (): boolean => {
  const verdict = takeLatestVerdict();
  if (verdict === null) return false;
  inBackground(takeBack(verdict), 'undo');
  return true;
};

