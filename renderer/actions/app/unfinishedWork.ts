import { refOfKey } from '../../../shared/domain/asset.ts';
import { inBackground, notify, type NoticeButton } from '../../stores/notices.ts';
import type { Unfinished } from '../../stores/unfinished.ts';
import { bothEditors } from '../desk/editors.ts';
import { openRef } from '../desk/openItem.ts';
import { unfinishedWords } from '../review/unfinishedWords.ts';

/** By asset key: what was begun and is in no mask and no draft, on the desk or left. Drafts hold masks; this ends with the window. */
const unfinishedNow = (): ReadonlyMap<string, Unfinished> => {
  const all = new Map(bothEditors[0]?.histories.unfinished ?? []);
  for (const { assetKey, unfinished } of bothEditors) if (assetKey !== null && unfinished !== null) all.set(assetKey, unfinished);
  return all;
};

/** "An item has ...", for a sentence; null: nothing is. */
export const unfinishedSentence = (): string | null => {
  const all = unfinishedNow();
  const [first] = all;
  if (first === undefined) return null;
  const [key, unfinished] = first;
  const others = all.size === 1 ? '' : `, and ${all.size - 1} more ${all.size === 2 ? 'item has' : 'items have'} some of the kind`;
  return `${refOfKey(key).id} has ${unfinishedWords(unfinished)}${others}.`;
};

/** Before the window goes: what would be lost with it is named, and the person says what becomes of it. @returns whether there was something */
export const asksAboutUnfinished = (topic: string, goOn: NoticeButton): boolean => {
  const sentence = unfinishedSentence();
  const [key] = unfinishedNow().keys();
  if (sentence === null || key === undefined) return false;
  notify({
    level: 'warning',
    topic,
    message: `${sentence} That ends with the window.`,
    lifeMs: null,
    buttons: [{ label: 'Go there', run: () => inBackground(openRef(refOfKey(key)), 'open') }, goOn],
  });
  return true;
};
