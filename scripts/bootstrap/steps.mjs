/** The steps that a bootstrap may take; each has a name, isDone() and run(). */
export { build as buildStep } from './buildStep.mjs';
export { demoStore } from './demoStore.mjs';
export { electron } from './electron.mjs';
export { packages } from './packages.mjs';
export { sharpBesideElectron } from './sharpBesideElectron.mjs';
export { systemPackages } from './systemPackages.mjs';
export { testServers } from './testServers.mjs';
export { defaultModel, promptModel, quickModel, weights } from './weights.mjs';
