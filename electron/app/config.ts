import { availableParallelism, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { cacheFolder, dataFolder } from '../base/folders.ts';
import { createLogger } from '../base/logger.ts';
import { MachinePreferences } from '../base/machinePreferences.ts';
import { decoderMemoryMegabytesSchema, embeddingCacheMegabytesSchema } from '../../shared/contracts/rpc/app.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { faultsError } from './config/fault.ts';
import { readSections, storeKeys, type SectionsSource } from './config/readSections.ts';
import type { SectionsRead } from './config/resolveSections.ts';
import type { SectionValues } from './config/sections/index.ts';
import { machineFolderOf } from './config/storeIdentity.ts';
import { readStoreSettings, type StoreSettings } from './storeSettings.ts';

export { standardSettings, storeSettingsFile, type StoreSettings } from './storeSettings.ts';

type Part<Name extends 'store' | 'blobs' | 'broker', Kind extends string> = Omit<SectionValues[Name], 'kind'> & { readonly kind: Kind };
export type StorePart = Part<'store', 'sqlite' | 'postgres'>;
export type BlobsPart = Part<'blobs', 'disk' | 's3'>;
export type BrokerPart = Part<'broker', 'local' | 'rabbitmq' | 'none'>;

/** The key of the reviewer's name among this machine's preferences. */
export const reviewerPreference = 'reviewer';
/** Keys and standard values of what prepared photos may take on this machine. */
export const embeddingCachePreference = 'embeddingCacheMegabytes';
export const decoderMemoryPreference = 'decoderMemoryMegabytes';
export const standardMegabytes = { embeddingCache: 4096, decoderMemory: 512 } as const;

export interface AppConfig {
  /** The embedded store's folder. Of a team's store: what this machine keeps of it (undo steps, settings). */
  readonly storeDir: string;
  /** The `maskdesk.toml` that counts; null: none. */
  readonly configFile: string | null;
  readonly store: StorePart;
  readonly blobs: BlobsPart;
  readonly broker: BrokerPart;
  readonly worker: SectionValues['worker'];
  /** What the model `product` stands for. */
  readonly recipe: SectionValues['recipe'];
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
  /** Which GPU; undefined: the first, or none is wanted. */
  readonly gpuId: number | undefined;
  readonly defaultModelId: ModelId;
  readonly promptModelId: ModelId;
  /** Disk for prepared photos, and memory for those held ready for prompts. */
  readonly embeddingCacheMegabytes: number;
  readonly decoderMemoryMegabytes: number;
  /** Whether background work (segmentation, retries) runs in this host. */
  readonly background: boolean;
}

export interface ConfigOverrides {
  /** An embedded store's folder, or one with a maskdesk.toml in it. */
  readonly storeDir?: string;
  /** A maskdesk.toml that must be there. */
  readonly configFile?: string;
  /** Tables as of a maskdesk.toml, from a host that has asked a person for them: no file is looked for then. */
  readonly tables?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where relative paths of the environment count from. Default: the working folder. */
  readonly workingFolder?: string;
  readonly create?: boolean;
  readonly readOnly?: boolean;
  /** Undefined: as nobody is named. */
  readonly reviewer?: string | undefined;
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
  /** Every table as it was read, with where each value came from. */
  readonly sections: SectionsRead;
  /** What is wrong with the settings and the environment; the configuration does without it. */
  readonly faults: readonly ExpectedError[];
}

/** A GPU that is asked for by its number is used by a provider that counts them, never by one that would choose another. */
const providersFor = (gpuId: number | undefined, named: StoreSettings['executionProviders']): Partial<StoreSettings> => {
  if (gpuId === undefined) return {};
  if (gpuId === -1) return { executionProviders: ['cpu'] };
  return named === undefined ? { executionProviders: process.platform === 'win32' ? ['cuda', 'dml'] : ['cuda'] } : {};
};

/** What the tables say of the same settings as maskdesk.json wins over it. */
const settingsWith = (settings: StoreSettings, { values, origins }: SectionsRead): StoreSettings => {
  const said = Object.entries(storeKeys(origins)).map(([storeKey, [section, key]]) => [storeKey, (values[section] as Readonly<Record<string, unknown>>)[key]]);
  const { gpuId } = values.models;
  return { ...settings, ...(Object.fromEntries(said) as Partial<StoreSettings>), ...providersFor(gpuId, values.models.executionProviders) };
};

/**
 * For those who look into faults instead of ending at them (doctor).
 * What counts, the strongest first: overrides, the environment (every key of maskdesk.toml, and MASKDESK_STORE, MASKDESK_CONFIG, MASKDESK_CACHE,
 * MASKDESK_DATA, MASKDESK_REVIEWER, MASKDESK_THREADS), maskdesk.toml, the store's maskdesk.json. The reviewer's name may also be kept on this
 * machine (the window's settings).
 */
export const readConfig = async (overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Promise<ConfigRead> => {
  const workingFolder = overrides.workingFolder ?? process.cwd();
  const fromWorkingFolder = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(workingFolder, path));
  const dataDir = dataFolder(env);
  const source: SectionsSource = {
    storeDir: fromWorkingFolder(overrides.storeDir),
    configFile: fromWorkingFolder(overrides.configFile),
    tables: overrides.tables,
    dataDir,
    workingFolder,
  };
  const sections = await readSections(source, env);
  const { store, blobs, broker } = sections;
  const storeDir = store.kind === 'postgres' ? machineFolderOf(dataDir, store, env) : (sections.storeDir ?? demoStoreFolder(env));
  const { settings, fault } = await readStoreSettings(storeDir);
  const askedThreads = threadsFromEnv(env);
  const givenReviewer = overrides.reviewer ?? fromEnv(env, 'MASKDESK_REVIEWER');
  const systemName = userName();
  const kept = await readKept(env);
  const allSettings = settingsWith(settings, sections);
  const config: AppConfig = {
    storeDir,
    configFile: sections.configFile,
    store,
    blobs,
    broker,
    worker: sections.values.worker,
    recipe: sections.values.recipe,
    create: overrides.create ?? false,
    readOnly: overrides.readOnly ?? false,
    cacheDir: cacheFolder(env),
    dataDir,
    reviewer: givenReviewer ?? kept.reviewer ?? systemName,
    isReviewerGiven: givenReviewer !== undefined,
    systemName,
    settings: allSettings,
    threads: typeof askedThreads === 'number' ? askedThreads : (allSettings.threads ?? availableParallelism()),
    gpuId: sections.values.models.gpuId === -1 ? undefined : sections.values.models.gpuId,
    defaultModelId: asId<ModelId>(allSettings.model),
    promptModelId: asId<ModelId>(allSettings.promptModel),
    ...kept.megabytes,
    background: overrides.background ?? true,
  };
  const inTables = sections.faults.length === 0 ? null : faultsError(sections.faults);
  return { config, sections, faults: [inTables, fault, askedThreads].filter((found) => found instanceof ExpectedError) };
};

/** As {@link readConfig}. @throws ExpectedError invalid_input with every fault of every source, by key; permission_denied */
export const loadConfig = async (overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Promise<AppConfig> => {
  const { config, faults } = await readConfig(overrides, env);
  throwFaults(faults);
  return config;
};

/** All of them in one. @throws ExpectedError where there are any */
export const throwFaults = (faults: readonly ExpectedError[]): void => {
  const [first] = faults;
  if (first === undefined) return;
  if (faults.length === 1) throw first;
  throw new ExpectedError(first.code, faults.map(({ message }) => message).join('\n'), { details: { ...first.details } });
};
