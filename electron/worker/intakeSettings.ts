import { standardIntakeSettings, type IntakeSettings } from '../services/intake/intakeOptions.ts';
import type { WorkerSettings } from './workerSettings.ts';

const milliseconds = (seconds: number): number => Math.round(seconds * 1000);

/** What the configuration says, as the intake takes it. */
export const intakeSettingsOf = (settings: WorkerSettings): IntakeSettings => ({
  ...standardIntakeSettings,
  concurrency: settings.concurrency,
  assetDeadlineMs: milliseconds(settings.assetDeadlineSeconds),
  retry: {
    ...standardIntakeSettings.retry,
    firstMs: milliseconds(settings.retryFirstSeconds),
    longestMs: milliseconds(settings.retryLongestSeconds),
    limit: settings.maxRetries,
  },
  rowWaitMs: milliseconds(settings.rowWaitSeconds),
  batchTimeoutMs: milliseconds(settings.batchTimeoutSeconds),
  leftOverAfterMs: milliseconds(settings.leftOverSeconds),
  inboxKeptMs: settings.inboxDays === 0 ? Number.POSITIVE_INFINITY : milliseconds(settings.inboxDays * 86_400),
});
