import { create } from 'zustand';
import type { Settings, SettingsChange } from '../../shared/contracts/rpc/app.ts';
import { core } from '../bridge/core.ts';
import { loadAppInfo } from './appInfo.ts';
import { loadModels } from './models.ts';

/** The core's settings; null until they are read. */
export const useSettings = create<{ readonly settings: Settings | null }>(() => ({ settings: null }));

export const loadSettings = async (): Promise<void> => useSettings.setState({ settings: await core().app.settings() });

/** @throws ExpectedError with a sentence when the core refuses */
export const changeSettings = async (change: SettingsChange): Promise<void> => {
  useSettings.setState({ settings: await core().app.changeSettings(change) });
  // What shows the reviewer's name and which model is the default.
  await Promise.all([loadAppInfo(), loadModels()]);
};
