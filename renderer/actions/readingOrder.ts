import type { Action } from './action.ts';

const isForChosen = ({ id }: Action): boolean => id.startsWith('bulk');

/** As people read a list of actions: what is for the item in hand before what is for many at once. The keys' order is the other way round. */
export const inReadingOrder = (listed: readonly Action[]): readonly Action[] => [...listed.filter((action) => !isForChosen(action)), ...listed.filter(isForChosen)];
