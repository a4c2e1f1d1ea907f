import { joins, type Join } from '../../../shared/prompts/prompt.ts';
import { present } from '../../../shared/errors/errors.ts';
import { toolIdsThatPrompt, withOptions } from '../../stores/toolSettings.ts';
import type { Action } from '../action.ts';
import { activeEditor, toolSettings } from '../desk/editors.ts';

/** For the prompts in hand, and for the next ones. */
export const setPromptJoin = (join: Join): void => {
  toolSettings.setState((settings) => withOptions(settings, 'point', { join }));
  activeEditor().prompts.setJoin(join);
};

/** The same of whether the mask that is there is a prompt too. */
export const setPromptFromMask = (fromMask: boolean): void => {
  toolSettings.setState((settings) => withOptions(settings, 'point', { fromMask }));
  activeEditor().prompts.setFromMask(fromMask);
};

/** The same of the specks in the model's answers. */
export const setPromptCleanCells = (cleanCells: number): void => {
  toolSettings.setState((settings) => withOptions(settings, 'point', { cleanCells }));
  activeEditor().prompts.setCleanCells(cleanCells);
};

const isPromptTool = (): boolean => toolIdsThatPrompt.includes(toolSettings.getState().toolId);

const labels: Readonly<Record<Join, string>> = {
  replace: 'Prompts replace the mask',
  add: 'Prompts add to the mask',
  subtract: 'Prompts take from the mask',
  intersect: 'Prompts keep what is in both',
};

const joinAction = (join: Join, index: number): Action => ({
  id: `prompts.${join}`,
  label: labels[join],
  group: 'Prompts',
  keys: [`Alt+${index + 1}`],
  when: isPromptTool,
  whyNot: () => (isPromptTool() ? null : 'Take the point or the box tool first.'),
  run: () => setPromptJoin(join),
});

export const joinActions: readonly Action[] = joins.map(joinAction);

/** "Add instead", where an answer has replaced a mask. */
export const addPrompts: Action = present(joinActions[joins.indexOf('add')], 'the action that adds');

export const continueFromMask: Action = {
  id: 'prompts.fromMask',
  label: 'Prompts continue from the present mask, or not',
  group: 'Prompts',
  keys: ['Alt+0'],
  when: isPromptTool,
  whyNot: () => (isPromptTool() ? null : 'Take the point or the box tool first.'),
  run: () => {
    const { isOpen, fromMask } = activeEditor().prompts.status.getState();
    setPromptFromMask(!(isOpen ? fromMask : toolSettings.getState().options.point.fromMask));
  },
};
