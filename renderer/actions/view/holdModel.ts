import { holdModel as hold } from '../../stores/view.ts';
import type { Action } from '../action.ts';

/** A look at what there was before anybody worked on it. */
export const holdModel: Action = {
  id: 'view.model',
  label: 'Show what the model gave while held',
  group: 'View',
  keys: ['Y'],
  run: () => hold(true),
  release: () => hold(false),
};
