import { menuNames, type MenuModel, type MenuName } from '../../../shared/contracts/host/menu.ts';
import type { Action } from '../action.ts';

const menuOfGroup: Readonly<Record<Action['group'], MenuName>> = { Verdict: 'Item', 'Chosen items': 'Item', 'Moving on': 'Item', Tools: 'Tools', Prompts: 'Tools', Adjust: 'Tools', View: 'View', App: 'File' };

/** Where people look for them in any program. */
const menuOfId: Readonly<Record<string, MenuName>> = {
  undo: 'Edit',
  redo: 'Edit',
  'draft.discard': 'Edit',
  find: 'Edit',
  palette: 'Edit',
  settings: 'Edit',
  models: 'Tools',
  'segment.all': 'Tools',
  'segment.pause': 'Tools',
  'segment.cancel': 'Tools',
  'segment.retry': 'Tools',
  'page.larger': 'View',
  'page.smaller': 'View',
  'page.usual': 'View',
  theme: 'View',
  'region.next': 'Window',
  'region.previous': 'Window',
  'layout.queue': 'Window',
  'layout.inspector': 'Window',
  'layout.reset': 'Window',
  jobs: 'Window',
  dashboard: 'Window',
  notices: 'Window',
  welcome: 'Help',
  shortcuts: 'Help',
};

const menuOf = ({ id, group }: Action): MenuName => menuOfId[id] ?? menuOfGroup[group];

/** What only a key can do (held), what belongs to an open form, what closes things, and the pages of something that is listed itself. */
const isListed = ({ id, release, context }: Action): boolean => release === undefined && context === undefined && id !== 'cancel' && id !== 'menu' && !id.startsWith('settings.');

/** The menu bar's content: a menu a subject, in it a group of lines a group of actions, in the actions' own order. */
export const menuModelOf = (actions: readonly Action[], keysOf: (action: Action) => readonly string[]): MenuModel =>
  menuNames.flatMap((name) => {
    const inMenu = actions.filter((action) => isListed(action) && menuOf(action) === name);
    if (inMenu.length === 0) return [];
    const groups = [...new Set(inMenu.map(({ group }) => group))].map((group) =>
      inMenu
        .filter((action) => action.group === group)
        .map((action) => ({ id: action.id, label: action.label, chord: keysOf(action)[0] ?? null, isEnabled: action.when?.() ?? true })),
    );
    return [{ name, groups }];
  });
