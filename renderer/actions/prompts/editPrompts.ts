import { usePanes } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';
import { editPrompts as reopenPrompts, keptPromptsOf } from './promptRecords.ts';

const canEdit = (): boolean => {
  const { entry, state } = activeEditor().prompts;
  return state === null && (entry === null ? keptPromptsOf(usePanes.getState().active) !== null : entry.answer !== null);
};

export const editPrompts: Action = {
  id: 'prompts.edit',
  label: 'Edit the prompts of this mask',
  group: 'Prompts',
  keys: ['Shift+Q'],
  when: canEdit,
  whyNot: () => (canEdit() ? null : 'This mask was made without prompts, or they are open already.'),
  run: () => reopenPrompts(usePanes.getState().active),
};
