import { toggleSingle } from '../../stores/deskLayout.ts';
import type { Action } from '../action.ts';

export const singlePhoto: Action = { id: 'view.single', label: 'Single photo: the whole desk for one picture', group: 'View', keys: ['S'], run: toggleSingle };
