import { markNoticesSeen } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const noticesLog: Action = {
  id: 'notices',
  label: 'Notices',
  group: 'App',
  keys: ['Ctrl+Shift+N'],
  run: () => {
    markNoticesSeen();
    toggleOverlay('notices');
  },
};
