import { retryConnection as retry } from '../../bridge/core.ts';

/** Asks the host for the core once more; a core that gave up is started again. */
export const retryConnection = (): void => retry();
