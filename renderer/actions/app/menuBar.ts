import { toggleMenuBar } from '../../bridge/hostMenu.ts';
import type { Action } from '../action.ts';

/** macOS has its bar on top of the screen, always. */
const hasOwnBar = (): boolean => !navigator.userAgent.includes('Mac OS');

export const menuBar: Action = { id: 'menu', label: 'Show or hide the menu bar', group: 'App', keys: ['F10'], when: hasOwnBar, run: toggleMenuBar };
