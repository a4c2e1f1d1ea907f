export { demoSetting, makeDemoStore, readRecipe, type DemoProgress, type DemoStoreOptions } from './makeDemoStore.ts';
export { readTruth, readTruthIndex, truthFolder, type TruthEntry } from './truth.ts';
