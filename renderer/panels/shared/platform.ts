import { keysOf } from '../../actions/keymaps/effective.ts';
import { keyCaps } from '../../actions/keys.ts';
import type { Action } from '../../actions/action.ts';

export const isMac = navigator.userAgent.includes('Mac OS');

/** The key caps of an action's first chord as the person has it; none where it has no key. */
export const capsOf = (action: Action): readonly string[] => {
  const [chord] = keysOf(action);
  return chord === undefined ? [] : keyCaps(chord, isMac);
};
