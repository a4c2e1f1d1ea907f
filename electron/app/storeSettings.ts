import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultStablePatterns } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** Settings that belong to a store: `maskdesk.json` in its folder. Every key may be left out. */
export const storeSettings = z.strictObject({
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
  /** Answers prompts. */
  promptModel: z.string().min(1).default('sam2-tiny'),
  threshold: z.number().min(0).max(1).default(0.5),
  keepMatte: z.boolean().default(false),
  /** What the data cards of exports say of the rights to what is in them. */
  licenceNote: z.string().min(1).max(4000).optional(),
  threads: z.int().min(1).max(64).optional(),
  /** Tried in this order; cpu is always the last resort. */
  executionProviders: z.array(z.enum(['cuda', 'webgpu', 'coreml', 'dml', 'cpu'])).optional(),
});
export type StoreSettings = z.infer<typeof storeSettings>;
export const storeSettingsFile = 'maskdesk.json';
/** What holds where the file says nothing. */
export const standardSettings: StoreSettings = storeSettings.parse({});
export interface SettingsRead {
  /** What is usable; defaults for the rest. */
  readonly settings: StoreSettings;
  readonly fault: ExpectedError | null;
}

/** The settings file of a store's folder; with every fault of it in one, by key. */
export const readStoreSettings = async (storeDir: string): Promise<SettingsRead> => {
  const path = join(storeDir, storeSettingsFile);
  const faulty = (fault: ExpectedError, usable: object = {}): SettingsRead => ({ settings: storeSettings.parse(usable), fault });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { settings: storeSettings.parse({}), fault: null };
    return faulty(new ExpectedError('permission_denied', `${path} can not be read: ${message}`, { cause: error }));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return faulty(new ExpectedError('invalid_input', `${path} is not valid JSON: ${(error as Error).message}`, { cause: error }));
  }
  const checked = storeSettings.safeParse(parsed);
  if (checked.success) return { settings: checked.data, fault: null };
  const fault = new ExpectedError('invalid_input', `${path} has faults:\n${z.prettifyError(checked.error)}`);
  return faulty(fault, withoutFaulty(parsed, checked.error));
};

/** The keys that are right. */
const withoutFaulty = (parsed: unknown, { issues }: z.ZodError): object => {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {};
  const faulty = new Set(issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])])));
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => !faulty.has(key)));
};
