import { create } from 'zustand';
import { core } from '../bridge/core.ts';

export type Theme = 'system' | 'dark' | 'light';
const themes: readonly Theme[] = ['system', 'dark', 'light'];

export const usePreferences = create<{ readonly theme: Theme }>(() => ({ theme: 'system' }));

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

export const loadPreferences = async (): Promise<void> => {
  const theme = await core().app.getPreference({ key: 'theme' });
  if (isTheme(theme)) usePreferences.setState({ theme });
};

/** The next theme in turn, kept in the store. */
export const cycleTheme = async (): Promise<void> => {
  const theme = themes[(themes.indexOf(usePreferences.getState().theme) + 1) % themes.length] ?? 'system';
  usePreferences.setState({ theme });
  await core().app.setPreference({ key: 'theme', value: theme });
};
