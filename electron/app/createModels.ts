import { createModelStore, type LocalModelStore } from '../inference/modelStore.ts';
import { appFolder } from './appFolder.ts';
import { productRecipeId, standardRecipeSettings } from '../segmenters/recipe/recipeSettings.ts';
import { brightnessId } from '../segmenters/brightness.ts';
import { withBrightness } from './brightnessModels.ts';
import type { AppConfig } from './config.ts';
import { withRecipe } from './recipeModels.ts';

/** The weights of this machine; needs no store. */
export const createModels = (config: Pick<AppConfig, 'cacheDir' | 'dataDir' | 'defaultModelId'> & Partial<Pick<AppConfig, 'recipe'>>): LocalModelStore => {
  const models = createModelStore({
    appFolder: appFolder(),
    cacheFolder: config.cacheDir,
    dataFolder: config.dataDir,
    get defaultModelId() {
      return config.defaultModelId;
    },
  });
  const all = withRecipe(models, config.recipe ?? standardRecipeSettings, () => config.defaultModelId === productRecipeId);
  return withBrightness(all, () => config.defaultModelId === brightnessId);
};

export { describeInstanceModel, instanceFamilies, isInstanceFamily } from '../inference/userInstanceModel.ts';
export { describeUserModel, isUserFamily, userFamilies } from '../inference/userModel.ts';
