import { sentenceOf } from '../../bridge/errors.ts';
import { reviewerSchema } from '../../../shared/contracts/rpc/app.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { notify } from '../../stores/notices.ts';
import { usePanes } from '../../stores/panes.ts';
import { changeSettings } from '../../stores/settings.ts';
import { unfinishedSentence } from './unfinishedWork.ts';
import { batchUnderWay, exportUnderWay, importUnderWay, maskImportUnderWay } from './workUnderWay.ts';
import { bothEditors } from '../desk/editors.ts';
import { keepEverything } from '../desk/draftKeeper.ts';
import { forgetSteps } from '../review/undoSteps.ts';
import { reachBackAnew } from '../review/undoVerdict.ts';
import { verdictsSettled } from '../review/verdictLog.ts';

/** Drafts belong to who painted them: with one in hand the desk starts afresh for the other person. */
const holdsDraft = (): boolean => {
  const { left, right } = usePanes.getState();
  return bothEditors.some((editor) => editor.isDirty) || [left, right].some(({ asset }) => asset?.draftsBy.includes(appInfo()?.reviewer ?? '') === true);
};

/**
 * Another person sits down. What the one before painted and judged is kept under their own name first.
 * @returns a sentence when the name is refused, else null
 */
export const changeReviewer = async (name: string): Promise<string | null> => {
  const checked = reviewerSchema.safeParse(name);
  if (!checked.success) return checked.error.issues[0]?.message ?? 'This is no name.';
  try {
    const mustStartAfresh = holdsDraft();
    // A batch, and masks that come in, are one person's to their end, undo and all; and a desk that starts afresh breaks off what it began.
    const work = batchUnderWay() ?? maskImportUnderWay() ?? (mustStartAfresh ? (importUnderWay() ?? exportUnderWay()) : null);
    if (work !== null) return `${work}, is under way. Wait until it has ended, or stop it, and change the name then.`;
    await Promise.all([keepEverything(), verdictsSettled()]);
    const unfinished = unfinishedSentence();
    if (mustStartAfresh && unfinished !== null) return `${unfinished} Finish or drop it, and change the name then.`;
    await changeSettings({ reviewer: checked.data });
    // What the person before did is not for the next one's Ctrl+Z.
    forgetSteps();
    reachBackAnew();
    if (mustStartAfresh) window.location.reload();
    else notify({ level: 'success', message: `Verdicts are ${checked.data}’s from now on.`, topic: 'reviewer' });
    return null;
  } catch (error) {
    return sentenceOf(error);
  }
};
