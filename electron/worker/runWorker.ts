import { once } from 'node:events';
import { createApp, type App } from '../app/createApp.ts';
import type { AppConfig } from '../app/config.ts';
import { appVersion } from '../app/version.ts';
import { Disposables } from '../base/disposables.ts';
import { createLogger, type Logger } from '../base/logger.ts';
import { isCancelled, isExpected } from '../../shared/errors/errors.ts';
import { ensureModel } from './ensureModel.ts';
import { startHealthServer, type HealthServer } from './healthServer.ts';
import { createWorkerMetrics, type WorkerMetrics } from './metrics/workerMetrics.ts';
import { Readiness } from './readiness.ts';
import { whileUnreachable } from './whileUnreachable.ts';
import { Worker } from './worker.ts';
import type { WorkerSettings } from './workerSettings.ts';

export interface WorkerHost {
  readonly config: AppConfig;
  readonly settings: WorkerSettings;
  /** Works until the queues are empty instead of for ever. */
  readonly once: boolean;
  /** Fires when it is to end in order. */
  readonly signal: AbortSignal;
}

export interface WorkerEnd {
  readonly received: number;
  readonly givenBack: number;
  /** Sentences of what stays to be done, though the queues are empty. */
  readonly problems: readonly string[];
  /** Whether it ended by the signal. */
  readonly isStopped: boolean;
}

/** Beyond the time for what is in hand: for giving back and closing. */
const leaveMs = 20_000;

const nothingDone: WorkerEnd = { received: 0, givenBack: 0, problems: [], isStopped: true };

/**
 * A worker's whole life: connects (waiting for servers that are not there yet), works, drains, closes.
 * @throws ExpectedError what makes work impossible: configuration, rights, a queue that was declared otherwise, a model that can't be had
 */
export const runWorker = async (host: WorkerHost): Promise<WorkerEnd> => {
  const { settings, signal } = host;
  const logger = createLogger('maskdesk', settings.logLevel);
  const disposables = new Disposables();
  const metrics = createWorkerMetrics(settings.memoryMegabytes * 1024 * 1024);
  let worker: Worker | null = null;
  let deadline: NodeJS.Timeout | undefined;
  signal.addEventListener(
    'abort',
    () => {
      deadline = setTimeout(() => {
        // Nothing is lost by it: what was not acked is handed out again, and what is in the database goes on at the next start.
        logger.warn({ drain_seconds: settings.drainSeconds }, 'stopping takes too long, as with a connection that answers nothing: the rest is left to the next start');
        process.exit(0);
      }, settings.drainSeconds * 1000 + leaveMs);
      deadline.unref();
    },
    { once: true },
  );
  const readiness = new Readiness(appVersion(), () => ({ paused: [...(worker?.paused ?? [])], messagesInHand: worker?.messagesInHand ?? 0 }));
  try {
    const health = await serveHealth(host, metrics, readiness, logger);
    if (health !== null) disposables.add(health);
    const app = await openApp(host, logger, readiness);
    disposables.defer(() => app.close());
    app.services.events.listen((event) => {
      if (event.kind === 'notice') logger[event.level === 'info' ? 'info' : 'warn']({ code: event.code }, event.message);
    });
    metrics.state.build({ version: appVersion(), store: host.config.store.kind, blobs: host.config.blobs.kind, recipe: app.config.defaultModelId });
    await ensureModel(app.services.models, app.config.defaultModelId, { fetch: settings.fetchModels, signal, logger });
    worker = new Worker({ app, settings, logger, metrics, readiness });
    return await work(worker, host);
  } catch (error) {
    if (isCancelled(error) && signal.aborted) return nothingDone;
    throw error;
  } finally {
    await disposables.dispose();
    clearTimeout(deadline);
  }
};

const work = async (worker: Worker, { once: isOnce, signal }: WorkerHost): Promise<WorkerEnd> => {
  let problems: readonly string[] = [];
  try {
    await worker.start(signal);
    if (isOnce) problems = await worker.untilIdle(signal);
    else if (!signal.aborted) await once(signal, 'abort');
  } catch (error) {
    if (!isCancelled(error) || !signal.aborted) {
      await worker.drain();
      throw error;
    }
  }
  const isStopped = signal.aborted;
  const { givenBack } = await worker.drain();
  return { received: worker.received, givenBack, problems, isStopped };
};

const openApp = ({ config, settings, once: isOnce, signal }: WorkerHost, logger: Logger, readiness: Readiness): Promise<App> => {
  const { newcomers, checks } = settings;
  const open = (): Promise<App> => createApp({ ...config, background: true }, { logger, background: { newcomers, checks, otherWriters: false } });
  // Who started it by hand, or by cron, would rather be told than wait.
  if (isOnce) return open();
  return whileUnreachable(open, {
    signal,
    onWait: (trouble) => {
      readiness.waitsFor = trouble.message;
      logger.warn({ code: trouble.code, reason: trouble.message }, 'waiting for a server that can not be reached');
    },
  });
};

/** @returns null where a run with an end finds its port taken, by the worker that runs for ever */
const serveHealth = async ({ settings, once: isOnce }: WorkerHost, { registry }: WorkerMetrics, readiness: Readiness, logger: Logger): Promise<HealthServer | null> => {
  try {
    const server = await startHealthServer(
      { host: settings.healthHost, port: settings.healthPort },
      {
        isLive: () => true,
        readiness: () => ({ isReady: readiness.isReady, body: readiness.body }),
        metrics: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
        onError: (error) => logger.error({ err: error }, 'health and metrics: trouble'),
      },
    );
    logger.info({ host: settings.healthHost, port: server.port }, 'health and metrics are served');
    return server;
  } catch (error) {
    if (!isOnce || !isExpected(error)) throw error;
    logger.warn({ reason: error.message }, 'going on without health and metrics');
    return null;
  }
};
