import { readFile } from 'node:fs/promises';
import { availableParallelism, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { cacheFolder, dataFolder } from '../base/folders.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { defaultStablePatterns } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** Settings that belong to a store: `maskdesk.json` in its folder. Every key may be left out. */
const storeSettings = z.strictObject({
  /** Folder that `local_path`s are relative to; relative to the store's folder. */
  dataRoot: z.string().min(1).default('.'),
  /** The SQLite file in the store's folder; name another to open a pipeline's own. */
  databaseFile: z.string().min(1).default('maskdesk.db'),
  maxMegapixels: z.number().positive().max(1000).default(100),
  maskOrientation: z.enum(['exif', 'stored']).default('exif'),
  /** How paths are written into the database and into events. */
  pathStyle: z.enum(['relative', 'absolute']).default('relative'),
  pathPrefix: z.string().default(''),
  productMaskPath: z.string().default(defaultStablePatterns.product_image),
  keyframeMaskPath: z.string().default(defaultStablePatterns.keyframe),
  model: z.string().min(1).default('isnet-quint8'),
  threshold: z.number().min(0).max(1).default(0.5),
  keepMatte: z.boolean().default(false),
  threads: z.int().min(1).max(64).optional(),
  /** Tried in this order; cpu is always the last resort. */
  executionProviders: z.array(z.enum(['cuda', 'webgpu', 'coreml', 'dml', 'cpu'])).optional(),
});
export type StoreSettings = z.infer<typeof storeSettings>;
export const storeSettingsFile = 'maskdesk.json';

export interface AppConfig {
  readonly storeDir: string;
  /** Make the store when it is not there. */
  readonly create: boolean;
  readonly cacheDir: string;
  /** The user's own settings and model descriptors. */
  readonly dataDir: string;
  readonly reviewer: string;
  readonly settings: StoreSettings;
  readonly threads: number;
  readonly defaultModelId: ModelId;
  /** Whether background work (segmentation, retries) runs in this host. */
  readonly background: boolean;
}

export interface ConfigOverrides {
  readonly storeDir?: string;
  readonly create?: boolean;
  readonly reviewer?: string;
  readonly background?: boolean;
}

export const demoStoreFolder = (env: NodeJS.ProcessEnv = process.env): string => join(dataFolder(env), 'demo');

const readSettings = async (storeDir: string): Promise<StoreSettings> => {
  const path = join(storeDir, storeSettingsFile);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '{}';
    throw new ExpectedError('permission_denied', `${path} can not be read: ${error.message}`, { cause: error });
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ExpectedError('invalid_input', `${path} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  const checked = storeSettings.safeParse(parsed);
  if (checked.success) return checked.data;
  throw new ExpectedError('invalid_input', `${path} has faults:\n${z.prettifyError(checked.error)}`);
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'reviewer'; // no entry for this uid, as in some containers
  }
};

/**
 * Environment: MASKDESK_STORE, MASKDESK_CACHE, MASKDESK_DATA, MASKDESK_REVIEWER, MASKDESK_THREADS; overrides win over it.
 * @throws ExpectedError invalid_input with every fault of the store's settings file, by key
 */
export const loadConfig = async (overrides: ConfigOverrides = {}, env: NodeJS.ProcessEnv = process.env): Promise<AppConfig> => {
  const storeDir = resolve(overrides.storeDir ?? env['MASKDESK_STORE'] ?? demoStoreFolder(env));
  const settings = await readSettings(storeDir);
  const askedThreads = Number(env['MASKDESK_THREADS'] ?? settings.threads ?? availableParallelism());
  return {
    storeDir,
    create: overrides.create ?? false,
    cacheDir: cacheFolder(env),
    dataDir: dataFolder(env),
    reviewer: overrides.reviewer ?? env['MASKDESK_REVIEWER'] ?? userName(),
    settings,
    threads: Number.isInteger(askedThreads) && askedThreads > 0 ? askedThreads : availableParallelism(),
    defaultModelId: asId<ModelId>(settings.model),
    background: overrides.background ?? true,
  };
};
