import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings, SettingsChange } from '../../shared/contracts/rpc/app.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { writeFileAtomic } from '../base/atomicFile.ts';
import type { ModelTask } from '../../shared/domain/model.ts';
import type { MachinePreferences } from '../base/machinePreferences.ts';
import type { SettingsService } from '../services/services.ts';
import {
  decoderMemoryPreference,
  embeddingCachePreference,
  reviewerPreference,
  standardMegabytes,
  type AppConfig,
} from './config.ts';
import { standardSettings, storeSettingsFile } from './storeSettings.ts';

interface SettingsParts {
  readonly config: AppConfig;
  readonly preferences: MachinePreferences;
  /** Models that may be the default for background work, and for prompts. */
  readonly modelIds: (task: ModelTask) => Promise<readonly ModelId[]>;
}

/** The store's own file with these keys changed; what else is in it stays. @throws ExpectedError invalid_input, permission_denied, disk_full */
const changeStoreFile = async (storeDir: string, change: Readonly<Record<string, unknown>>): Promise<void> => {
  const path = join(storeDir, storeSettingsFile);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw new ExpectedError('permission_denied', `${path} can not be read: ${error.message}`, { cause: error });
  });
  let kept: object;
  try {
    kept = JSON.parse(text) as object;
  } catch (error) {
    throw new ExpectedError('invalid_input', `${path} is not valid JSON; mend it first: ${(error as Error).message}`, { cause: error });
  }
  const next = Object.fromEntries(Object.entries({ ...kept, ...change }).filter(([, value]) => value !== null));
  await writeFileAtomic(path, `${JSON.stringify(next, null, 2)}\n`);
};

/**
 * Settings that can be changed while the app runs: the reviewer is this machine's, the rest the store's (maskdesk.json). Those who use them
 * read them here each time; threads count from the next start, since the inference process has its own already.
 */
export class LiveSettings implements SettingsService {
  readonly #parts: SettingsParts;
  #settings: Settings;

  constructor(parts: SettingsParts) {
    this.#parts = parts;
    const { reviewer, isReviewerGiven, defaultModelId, promptModelId, settings, threads, embeddingCacheMegabytes, decoderMemoryMegabytes } = parts.config;
    const { threshold, maskOrientation, maxMegapixels } = settings;
    this.#settings = {
      reviewer,
      isReviewerGiven,
      modelId: defaultModelId,
      threshold,
      promptModelId,
      threads: settings.threads ?? null,
      threadsInUse: threads,
      embeddingCacheMegabytes,
      decoderMemoryMegabytes,
      maskOrientation,
      maxMegapixels,
    };
  }

  get reviewer(): string {
    return this.#settings.reviewer;
  }
  get modelId(): ModelId {
    return this.#settings.modelId;
  }
  get threshold(): number {
    return this.#settings.threshold;
  }

  get promptModelId(): ModelId {
    return this.#settings.promptModelId;
  }
  get embeddingCacheBytes(): number {
    return this.#settings.embeddingCacheMegabytes * 2 ** 20;
  }
  get decoderMemoryBytes(): number {
    return this.#settings.decoderMemoryMegabytes * 2 ** 20;
  }

  read(): Settings {
    return this.#settings;
  }

  async change(change: SettingsChange): Promise<Settings> {
    const { reviewer, modelId, threshold, promptModelId, threads, embeddingCacheMegabytes, decoderMemoryMegabytes } = change;
    if (this.#parts.config.readOnly) throw new ExpectedError('permission_denied', 'The store is open to read alone: its settings stay as they are.');
    await this.#assertKnown(modelId, 'foreground');
    await this.#assertKnown(promptModelId, 'prompt');
    const forMachine = { [reviewerPreference]: reviewer, [embeddingCachePreference]: embeddingCacheMegabytes, [decoderMemoryPreference]: decoderMemoryMegabytes };
    for (const [key, value] of Object.entries(forMachine)) if (value !== undefined) await this.#parts.preferences.set(key, value);
    const forStore = { ...(modelId === undefined ? {} : { model: modelId }), ...(promptModelId === undefined ? {} : { promptModel: promptModelId }), ...(threshold === undefined ? {} : { threshold }), ...(threads === undefined ? {} : { threads }) };
    if (Object.keys(forStore).length > 0) await changeStoreFile(this.#parts.config.storeDir, forStore);
    this.#settings = {
      ...this.#settings,
      ...(reviewer === undefined ? {} : { reviewer: reviewer ?? this.#parts.config.systemName }),
      ...(modelId === undefined ? {} : { modelId: modelId ?? asId<ModelId>(standardSettings.model) }),
      ...(threshold === undefined ? {} : { threshold: threshold ?? standardSettings.threshold }),
      ...(threads === undefined ? {} : { threads }),
      ...(promptModelId === undefined ? {} : { promptModelId: promptModelId ?? asId<ModelId>(standardSettings.promptModel) }),
      ...(embeddingCacheMegabytes === undefined ? {} : { embeddingCacheMegabytes: embeddingCacheMegabytes ?? standardMegabytes.embeddingCache }),
      ...(decoderMemoryMegabytes === undefined ? {} : { decoderMemoryMegabytes: decoderMemoryMegabytes ?? standardMegabytes.decoderMemory }),
    };
    return this.#settings;
  }

  async #assertKnown(modelId: ModelId | null | undefined, task: ModelTask): Promise<void> {
    if (modelId == null || (await this.#parts.modelIds(task)).includes(modelId)) return;
    throw new ExpectedError('model_unknown', `There is no ${task === 'prompt' ? 'prompt model' : 'model'} ${modelId}.`);
  }
}
