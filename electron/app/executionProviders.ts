/** For hosts that say which providers there are without running a model (doctor). */
export { providerOrder, providersFromEnv } from '../inference/executionProviders.ts';
