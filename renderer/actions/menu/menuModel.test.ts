import { expect, test } from 'vitest';
import { menuModelSchema } from '../../../shared/contracts/host/menu.ts';
import type { Action } from '../action.ts';
import { menuModelOf } from './menuModel.ts';

const action = (id: string, group: Action['group'], more: Partial<Action> = {}): Action => ({ id, label: `${id}…`, group, keys: [], run: () => undefined, ...more });

test('actions are in the menus where people look for them, with the key that counts', () => {
  const model = menuModelOf(
    [action('approve', 'Verdict', { when: () => false }), action('next', 'Moving on'), action('undo', 'Tools'), action('hold', 'View', { release: () => undefined }), action('reject.holes', 'Verdict', { context: 'reject' }), action('shortcuts', 'App')],
    ({ id }) => (id === 'next' ? ['F', 'ArrowRight'] : []),
  );
  expect(menuModelSchema.parse(model)).toEqual([
    { name: 'Edit', groups: [[{ id: 'undo', label: 'undo…', chord: null, isEnabled: true }]] },
    { name: 'Item', groups: [[{ id: 'approve', label: 'approve…', chord: null, isEnabled: false }], [{ id: 'next', label: 'next…', chord: 'F', isEnabled: true }]] },
    { name: 'Help', groups: [[{ id: 'shortcuts', label: 'shortcuts…', chord: null, isEnabled: true }]] },
  ]);
});
