import { create } from 'zustand';
import { core } from '../bridge/core.ts';
import { isTintId, nextTintId, type TintId } from './tints.ts';

export type Theme = 'system' | 'dark' | 'light';
const themes: readonly Theme[] = ['system', 'dark', 'light'];

interface Preferences {
  readonly theme: Theme;
  /** What masks are drawn in. */
  readonly tint: TintId;
}

export const usePreferences = create<Preferences>(() => ({ theme: 'system', tint: 'cyan' }));

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

/** What is kept and not known, as from a newer version, leaves the default. */
export const loadPreferences = async (): Promise<void> => {
  const [theme, tint] = await Promise.all([core().app.getPreference({ key: 'theme' }), core().app.getPreference({ key: 'tint' })]);
  usePreferences.setState({ ...(isTheme(theme) ? { theme } : {}), ...(isTintId(tint) ? { tint } : {}) });
};

/** The next theme in turn, kept in the store. */
export const cycleTheme = async (): Promise<void> => {
  const theme = themes[(themes.indexOf(usePreferences.getState().theme) + 1) % themes.length] ?? 'system';
  usePreferences.setState({ theme });
  await core().app.setPreference({ key: 'theme', value: theme });
};

/** Kept in the store. */
export const setTint = async (tint: TintId): Promise<void> => {
  usePreferences.setState({ tint });
  await core().app.setPreference({ key: 'tint', value: tint });
};

export const cycleTint = (): Promise<void> => setTint(nextTintId(usePreferences.getState().tint));
