import { inBackground } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import { loadSettings, showSettingsPage, type SettingsPage } from '../../stores/settings.ts';
import type { Action } from '../action.ts';

export const settings: Action = {
  id: 'settings',
  label: 'Settings',
  group: 'App',
  keys: ['Ctrl+,'],
  run: () => {
    inBackground(loadSettings(), 'settings');
    toggleOverlay('settings');
  },
};

const page = (id: SettingsPage, label: string): Action => ({
  id: `settings.${id}`,
  label: `Settings: ${label}`,
  group: 'App',
  keys: [],
  run: () => {
    showSettingsPage(id);
    settings.run();
  },
});

/** Straight to a page, for the palette. */
export const settingsPages: readonly Action[] = [page('reviewer', 'reviewer'), page('appearance', 'light or dark, density'), page('keys', 'keys and presets'), page('overlay', 'colours and opacity of masks'), page('models', 'default model and threshold'), page('memory', 'memory')];
