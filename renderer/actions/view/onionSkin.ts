import { cycleOnionSkin } from '../../stores/view.ts';
import type { Action } from '../action.ts';

export const onionSkin: Action = { id: 'view.onion', label: 'Onion skin: mask of the picture before, after, none', group: 'View', keys: ['O'], run: cycleOnionSkin };
