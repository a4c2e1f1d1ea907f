import { createModelStore, type LocalModelStore } from '../inference/modelStore.ts';
import { appFolder } from './appFolder.ts';
import type { AppConfig } from './config.ts';

/** The weights of this machine; needs no store. */
export const createModels = (config: Pick<AppConfig, 'cacheDir' | 'dataDir' | 'defaultModelId'>): LocalModelStore =>
  createModelStore({
    appFolder: appFolder(),
    cacheFolder: config.cacheDir,
    dataFolder: config.dataDir,
    get defaultModelId() {
      return config.defaultModelId;
    },
  });

export { describeUserModel, isUserFamily, userFamilies } from '../inference/userModel.ts';
