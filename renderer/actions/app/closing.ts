import { readyToClose, savingBeforeClose } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { reportFailure, dismissTopic, notify, type NoticeButton } from '../../stores/notices.ts';
import { keepPlaceNow } from '../../stores/queuePlace.ts';
import { keepEverything } from '../desk/draftKeeper.ts';
import { keepToolSettingsNow } from '../desk/keepToolSettings.ts';
import { asksAboutUnfinished } from './unfinishedWork.ts';
import { asksAboutWork } from './workUnderWay.ts';
import { verdictsSettled } from '../review/verdictLog.ts';

/** Drafts and verdicts take milliseconds; after this the person is told what the window waits for. */
const patienceMs = 2500;

const topic = 'closing';
const closeAnyway: NoticeButton = { label: 'Close anyway', run: readyToClose };
let isSaving = false;

const sayStillSaving = (): void =>
  void notify({ level: 'warning', topic, message: 'Maskdesk is still saving your work, and closes as soon as it has.', buttons: [closeAnyway] });

/**
 * The window is about to go, or to show another store. Nothing that was painted or judged is lost with it: where saving fails the window stays,
 * says why, and leaves the choice to the person.
 */
export const closeWhenSaved = async (): Promise<void> => {
  savingBeforeClose();
  if (isSaving) return sayStillSaving();
  if (asksAboutWork(() => void closeWhenSaved())) return;
  isSaving = true;
  const slow = setTimeout(sayStillSaving, patienceMs);
  try {
    const refused = await verdictsSettled();
    await keepEverything();
    // Where the list stood is no work: not worth staying for.
    for (const kept of await Promise.allSettled([keepPlaceNow(), keepToolSettingsNow()])) if (kept.status === 'rejected') reportFailure(kept.reason);
    clearTimeout(slow);
    dismissTopic(topic);
    if (refused === 0) return asksAboutUnfinished(topic, closeAnyway) ? undefined : readyToClose();
    const count = refused === 1 ? 'A verdict was' : `${refused} verdicts were`;
    notify({ level: 'error', topic, message: `${count} not recorded, so the window is still open.`, buttons: [closeAnyway] });
  } catch (error) {
    const again: NoticeButton = { label: 'Try again', run: () => void closeWhenSaved() };
    notify({ level: 'error', topic, message: `Your edit could not be saved, so the window is still open. ${sentenceOf(error)}`, buttons: [again, closeAnyway] });
  } finally {
    clearTimeout(slow);
    isSaving = false;
  }
};
