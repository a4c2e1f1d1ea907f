import { expect, test } from 'vitest';
import { actions } from './index.ts';
import { contextOf } from './keymaps/resolveKeymap.ts';

/** Two actions that take turns on one key: their `when` never holds for both. */
const takeTurns: readonly (readonly string[])[] = [
  // With rows selected in the queue, verdicts are theirs.
  // With an adjustment on screen, Enter, Esc and the brush's size keys are its own.
  ['change.apply', 'bulk.approve', 'approve'],
  ['change.cancel', 'bulk.none', 'cancel'],
  ['change.less', 'brush.smaller'],
  ['change.more', 'brush.larger'],
  ['bulkReject', 'reject'],
  ['bulkRerun', 'rerun'],
];

test('no key means two things in one place', () => {
  const holders = new Map<string, string[]>();
  for (const action of actions) for (const chord of action.keys) holders.set(`${contextOf(action)}: ${chord}`, [...(holders.get(`${contextOf(action)}: ${chord}`) ?? []), action.id]);
  const shared = [...holders].filter(([, ids]) => ids.length > 1 && !takeTurns.some((pair) => ids.every((id) => pair.includes(id))));
  expect(Object.fromEntries(shared)).toEqual({});
});

test('ids are the actions’ own', () => expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length));
