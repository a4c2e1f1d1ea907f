import { workerSettingsSchema } from '../../../worker/workerSettings.ts';
import { settingsOfObject, type Section } from '../setting.ts';

const keys = settingsOfObject(workerSettingsSchema, {
  concurrency: { about: 'Assets in work at once.', environment: ['SERVICE_CONCURRENCY'], standard: 'the cores, 3 to 8' },
  prefetch: { about: 'Messages taken from the broker and not settled yet.', standard: 'four for each asset in work' },
  assetDeadlineSeconds: { about: 'An asset that takes longer counts as failed (timeout).' },
  maxRetries: { about: 'Tries again after trouble with database, object store or model process, before a message is given up.', environment: ['MAX_RETRIES'] },
  retryFirstSeconds: { about: 'Pause before the first retry; doubled at each further one, with jitter.' },
  retryLongestSeconds: { about: 'The longest such pause.' },
  batchTimeoutSeconds: { about: 'A job whose assets did not all arrive for so long is completed with those that are stored.' },
  rowWaitSeconds: { about: 'How long a picture’s row may come after its message.' },
  leftOverSeconds: { about: 'Work that was noted and not touched for so long is taken up without its message.' },
  inboxDays: { about: 'How many days messages that are done with are remembered; 0: for ever. One that comes again after that is answered once more.' },
  sweepSeconds: { about: 'How often what was left over is looked for: batches past their time, work whose worker died.' },
  drainSeconds: { about: 'After SIGTERM what is in hand may take so long; then it is given back. Less than the supervisor waits before it kills.' },
  memoryMegabytes: { about: 'Memory of the worker and its model process; intake pauses at nine tenths of it.', standard: 'three quarters of what the container or machine has' },
  healthHost: { about: 'Where /healthz, /readyz and /metrics are served; 0.0.0.0 in a container.' },
  healthPort: { about: 'Their port; 0: any that is free, told in the log.' },
  logLevel: { about: 'What is logged, as JSON lines on stderr.' },
  progressEvents: { about: 'Whether the progress of jobs is told as events.' },
  progressTopic: { about: 'Their topic.' },
  progressSeconds: { about: 'At most one of them a job in so many seconds.' },
  runQueue: { about: 'Whether re-runs that reviewers ask for are done by workers, too.' },
  checks: { about: 'Whether workers look at masks for what is unusual; desks do it as well.' },
  newcomers: { about: 'Whether rows that the pipeline adds without telling anybody are found.' },
  fetchModels: { about: 'Whether weights that are missing are fetched at start; else their lack ends it.' },
});

export const workerSection: Section<typeof keys> = {
  name: 'worker',
  about: '`maskdesk worker`.',
  keys,
  check: ({ retryFirstSeconds, retryLongestSeconds, concurrency, prefetch }) => [
    ...(retryFirstSeconds > retryLongestSeconds ? [{ key: 'retryFirstSeconds', message: `${retryFirstSeconds} is longer than retryLongestSeconds, ${retryLongestSeconds}` }] : []),
    ...(concurrency !== undefined && prefetch !== undefined && prefetch < concurrency ? [{ key: 'prefetch', message: `${prefetch} messages can not keep ${concurrency} assets in work (concurrency)` }] : []),
  ],
};
