import type { Logger } from '../base/logger.ts';

/** What nobody caught is logged, and ends the process: what was in hand is handed out again, and the supervisor starts another. @returns a function that takes the listeners off */
export const endOnUncaught = (logger: Logger, exitCode: number): (() => void) => {
  const onUncaught = (error: unknown): void => {
    logger.fatal({ err: error }, 'a fault in Maskdesk ends this worker');
    process.exit(exitCode);
  };
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught);
  return () => {
    process.off('uncaughtException', onUncaught);
    process.off('unhandledRejection', onUncaught);
  };
};
