import { holdLoupe, toggleLoupe } from '../../stores/loupe.ts';
import type { Action } from '../action.ts';

export const loupe: Action = {
  id: 'view.loupe',
  label: 'Loupe while held',
  group: 'View',
  keys: ['Z'],
  run: () => holdLoupe(true),
  release: () => holdLoupe(false),
};

export const keepLoupe: Action = { id: 'view.loupe.keep', label: 'Loupe at the pointer', group: 'View', keys: ['Shift+Z'], run: toggleLoupe };
