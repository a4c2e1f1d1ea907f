import { createApp } from '../app/createApp.ts';
import type { AppConfig } from '../app/config.ts';
import { createLogger } from '../base/logger.ts';
import { isExpected, sentenceOf } from '../../shared/errors/errors.ts';
import { brokerOf, consumerOf, createProbes, probeBlobWrites } from './probes.ts';
import { partNames, type PartName } from './partWatch.ts';
import { intakeSettingsOf } from './intakeSettings.ts';
import type { WorkerSettings } from './workerSettings.ts';

export interface PartFinding {
  readonly part: PartName | 'configuration';
  readonly isOk: boolean;
  readonly message: string;
}

/** Weights that are fetched at start are no fault of the configuration. */
const passes = (part: PartName, error: unknown, { fetchModels }: WorkerSettings): boolean => part === 'model' && fetchModels && isExpected(error, 'model_missing');

/** Looks whether a worker could start: nothing is taken from the queues. */
export async function* checkWorker(config: AppConfig, settings: WorkerSettings): AsyncGenerator<PartFinding, void, void> {
  const app = await createApp({ ...config, background: false }, { logger: createLogger('maskdesk', settings.logLevel) });
  try {
    const { topics } = intakeSettingsOf(settings);
    const probes = createProbes(app, () => app.config.defaultModelId);
    const looks: Readonly<Record<PartName, () => Promise<string>>> = {
      store: async () => {
        const { ok, findings } = await app.services.store.health();
        return ok ? app.services.store.location : `${app.services.store.location}: ${findings.join(' ')}`;
      },
      blobs: async () => {
        await probeBlobWrites(app);
        return `${app.blobs.location}: written to, read, removed`;
      },
      broker: async () => {
        const depths = await consumerOf(app).depths(Object.values(topics).flat());
        return `${brokerOf(app).location}: ${depths.reduce((total, { ready }) => total + ready, 0)} messages wait, ${depths.reduce((total, { deadLettered }) => total + deadLettered, 0)} dead letters`;
      },
      model: async () => {
        await probes.model();
        return app.config.defaultModelId;
      },
    };
    for (const part of partNames) {
      try {
        yield { part, isOk: true, message: await looks[part]() };
      } catch (error) {
        const isOk = passes(part, error, settings);
        yield { part, isOk, message: isOk ? `${sentenceOf(error)} It is fetched at start.` : sentenceOf(error) };
      }
    }
  } finally {
    await app.close();
  }
}
