import { create } from 'zustand';
import type { Settings, SettingsChange } from '../../shared/contracts/rpc/app.ts';
import { core } from '../bridge/core.ts';
import { loadAppInfo } from './appInfo.ts';
import { loadModels } from './models.ts';

export const settingsPages = ['reviewer', 'appearance', 'keys', 'overlay', 'models', 'memory', 'store', 'about'] as const;
export type SettingsPage = (typeof settingsPages)[number];

interface SettingsState {
  /** The core's; null until they are read. */
  readonly settings: Settings | null;
  /** The page that is shown, or was shown last. */
  readonly page: SettingsPage;
}

export const useSettings = create<SettingsState>(() => ({ settings: null, page: 'reviewer' }));

export const showSettingsPage = (page: SettingsPage): void => useSettings.setState({ page });

export const loadSettings = async (): Promise<void> => useSettings.setState({ settings: await core().app.settings() });

/** @throws ExpectedError with a sentence when the core refuses */
export const changeSettings = async (change: SettingsChange): Promise<void> => {
  useSettings.setState({ settings: await core().app.changeSettings(change) });
  // What shows the reviewer's name and which model is the default.
  await Promise.all([loadAppInfo(), loadModels()]);
};
