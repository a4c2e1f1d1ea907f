import { inBackground } from '../../stores/notices.ts';
import { loadModels } from '../../stores/models.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const models: Action = {
  id: 'models',
  label: 'Models',
  group: 'App',
  keys: ['Ctrl+M'],
  run: () => {
    inBackground(loadModels());
    toggleOverlay('models');
  },
};
