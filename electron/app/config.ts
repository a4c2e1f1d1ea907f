import { availableParallelism, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { cacheFolder, dataFolder } from '../base/folders.ts';
import { createLogger } from '../base/logger.ts';
import { MachinePreferences } from '../base/machinePreferences.ts';
import { decoderMemoryMegabytesSchema, embeddingCacheMegabytesSchema } from '../../shared/contracts/rpc/app.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { defaultStablePatterns } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** The key of the reviewer's name among this machine's preferences. */
export const reviewerPreference = 'reviewer';
/** Keys and standard values of what prepared photos may take on this machine. */
export const embeddingCachePreference = 'embeddingCacheMegabytes';
export const decoderMemoryPreference = 'decoderMemoryMegabytes';
export const standardMegabytes = { embeddingCache: 4096, decoderMemory: 512 } as const;

export interface AppConfig {
  readonly storeDir: string;
  /** Make the store when it is not there. */
  readonly create: boolean;
  /** Look, and change nothing: no migration, no event file. Background work is off then. */
  readonly readOnly: boolean;
  readonly cacheDir: string;
  /** The user's own settings and model descriptors. */
  readonly dataDir: string;
  readonly reviewer: string;
  /** Whether the host or MASKDESK_REVIEWER gave the name: it wins over the one that is kept on this machine. */
  readonly isReviewerGiven: boolean;
  /** The name of the system's user, where no other is given or kept. */
  readonly systemName: string;
  readonly settings: StoreSettings;
  readonly threads: number;
  readonly defaultModelId: ModelId;
  readonly promptModelId: ModelId;
  /** Disk for prepared photos, and memory for those held ready for prompts. */
  readonly embeddingCacheMegabytes: number;
  readonly decoderMemoryMegabytes: number;
  /** Whether background work (segmentation, retries) runs in this host. */
  readonly background: boolean;
}

export interface ConfigOverrides {
  readonly storeDir?: string;
  readonly create?: boolean;
  readonly readOnly?: boolean;
  readonly reviewer?: string;
  readonly background?: boolean;
}

export const demoStoreFolder = (env: NodeJS.ProcessEnv = process.env): string => join(dataFolder(env), 'demo');

/** Shells and service files set variables to nothing where they mean not to set them. */
const fromEnv = (env: NodeJS.ProcessEnv, name: string): string | undefined => env[name] || undefined;

const threadsFromEnv = (env: NodeJS.ProcessEnv): number | ExpectedError | undefined => {
  const text = fromEnv(env, 'MASKDESK_THREADS');
  if (text === undefined) return undefined;
  const threads = Number(text);
  return Number.isInteger(threads) && threads > 0 ? threads : new ExpectedError('invalid_input', `MASKDESK_THREADS is a whole number from 1, not '${text}'.`);
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'reviewer'; // no entry for this uid, as in some containers
  }
};

interface Kept {
  readonly reviewer: string | null;
  readonly megabytes: { readonly embeddingCacheMegabytes: number; readonly decoderMemoryMegabytes: number };
}

/** What a person has set on this machine, whatever the store. */
const readKept = async (env: NodeJS.ProcessEnv): Promise<Kept> => {
  // Nobody is stopped, yet verdicts will bear another name: the log says why.
  const preferences = new MachinePreferences(dataFolder(env), (fault) => createLogger('maskdesk').warn({ err: fault }, fault.message));
  const reviewer = await preferences.get(reviewerPreference);
  const megabytes = async (key: string, schema: z.ZodType<number>, standard: number): Promise<number> => {
    const parsed = schema.safeParse(await preferences.get(key));
    return parsed.success ? parsed.data : standard;
  };
  return {
    reviewer: typeof reviewer === 'string' && reviewer.trim() !== '' ? reviewer : null,
    megabytes: {
      embeddingCacheMegabytes: await megabytes(embeddingCachePreference, embeddingCacheMegabytesSchema, standardMegabytes.embeddingCache),
      decoderMemoryMegabytes: await megabytes(decoderMemoryPreference, decoderMemoryMegabytesSchema, standardMegabytes.decoderMemory),
    },
  };
};

export interface ConfigRead {
  readonly config: AppConfig;
  /** What is wrong with the settings and the environment; the configuration does without it. */
  readonly faults: readonly ExpectedError[];
}

/**
 * For those who look into faults instead of ending at them (doctor).
 * Environment: MASKDESK_STORE, MASKDESK_CACHE, MASKDESK_DATA, MASKDESK_REVIEWER, MASKDESK_THREADS; overrides win over it. The reviewer's
 * name may also be kept on this machine (the window's settings).
 */
export const readConfig = async (overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Promise<ConfigRead> => {
  const storeDir = resolve(overrides.storeDir ?? fromEnv(env, 'MASKDESK_STORE') ?? demoStoreFolder(env));
  const { settings, fault } = await readSettings(storeDir);
  const askedThreads = threadsFromEnv(env);
  const givenReviewer = overrides.reviewer ?? fromEnv(env, 'MASKDESK_REVIEWER');
  const systemName = userName();
  const kept = await readKept(env);
  const config: AppConfig = {
    storeDir,
    create: overrides.create ?? false,
    readOnly: overrides.readOnly ?? false,
    cacheDir: cacheFolder(env),
    dataDir: dataFolder(env),
    reviewer: givenReviewer ?? kept.reviewer ?? systemName,
    isReviewerGiven: givenReviewer !== undefined,
    systemName,
    settings,
    threads: typeof askedThreads === 'number' ? askedThreads : (settings.threads ?? availableParallelism()),
    defaultModelId: asId<ModelId>(settings.model),
    promptModelId: asId<ModelId>(settings.promptModel),
    ...kept.megabytes,
    background: overrides.background ?? true,
  };
  return { config, faults: [fault, askedThreads].filter((found) => found instanceof ExpectedError) };
};

/** As {@link readConfig}. @throws ExpectedError invalid_input with every fault of the store's settings file, by key; permission_denied */
export const loadConfig = async (overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Promise<AppConfig> => {
  const { config, faults } = await readConfig(overrides, env);
  if (faults[0] !== undefined) throw faults[0];
  return config;
};
