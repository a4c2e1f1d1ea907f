import type { Action } from './action.ts';

const isForChosen = ({ id }: Action): boolean => id.startsWith('bulk');

const isForOpenChange = ({ id }: Action): boolean => id.startsWith('change.');

/** What is always there, what belongs to an open form or adjustment, what is for many at once. */
const rankOf = (action: Action): number => (isForChosen(action) ? 2 : action.context !== undefined || isForOpenChange(action) ? 1 : 0);

/** As people read a list of actions: what is for the item in hand first. The order by which keys are given out is nearly the other way round. */
export const inReadingOrder = (listed: readonly Action[]): readonly Action[] => listed.toSorted((a, b) => rankOf(a) - rankOf(b));
