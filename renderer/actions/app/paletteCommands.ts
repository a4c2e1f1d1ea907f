import { defaultFilter } from 'cmdk';
import type { Action } from '../action.ts';

/** Those that a person can choose from a list: not what lasts while a key is held, nor what only makes sense inside an open form. */
export const listedCommands = (actions: readonly Action[]): readonly Action[] =>
  actions.filter(({ release, context, id }) => release === undefined && context === undefined && id !== 'palette' && id !== 'cancel');

/**
 * Commands in the order to show them: by how well they match; among equals those that were used last, then as they are listed.
 * @param text what is typed; fuzzy, so that `rjct` finds Reject; empty: all, the recent ones first
 */
export const rankCommands = (commands: readonly Action[], text: string, recent: readonly string[]): readonly Action[] => {
  const age = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return commands
    .map((action, place) => ({ action, place, score: text === '' ? 1 : defaultFilter(action.label, text, [action.group, ...(action.alsoCalled ?? [])]) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || age(a.action.id) - age(b.action.id) || a.place - b.place)
    .map(({ action }) => action);
};
