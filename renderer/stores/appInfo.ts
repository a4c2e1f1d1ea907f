import { create } from 'zustand';
import type { AppInfo } from '../../shared/contracts/rpc/app.ts';
import { core } from '../bridge/core.ts';

/** What is open and who reviews; null until the core has said. */
export const useAppInfo = create<{ readonly info: AppInfo | null }>(() => ({ info: null }));

export const appInfo = (): AppInfo | null => useAppInfo.getState().info;

export const loadAppInfo = async (): Promise<void> => useAppInfo.setState({ info: await core().app.info() });
