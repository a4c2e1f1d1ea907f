import { keyCaps } from '../../actions/keys.ts';
import type { Action } from '../../actions/action.ts';

export const isMac = navigator.userAgent.includes('Mac OS');

/** The key caps of an action's first chord; none where it has no key. */
export const capsOf = (action: Action): readonly string[] => (action.keys[0] === undefined ? [] : keyCaps(action.keys[0], isMac));
