import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { AssetRef } from '../../domain/asset.ts';
import type { Reach } from './offline.ts';
import { modelIdSchema, output, thresholdSchema } from './types.ts';
import type { ModelId } from '../../domain/ids.ts';

export interface AppInfo {
  readonly version: string;
  readonly storeLocation: string;
  /** What keeps the store's rows, as people call it: "SQLite". */
  readonly storeKind: string;
  readonly reviewer: string;
  readonly isDemo: boolean;
  /** The demo's own folder, whether the demo is in it yet or not. */
  readonly isDemoFolder: boolean;
  readonly electronNote: string | null;
}

/** What the renderer hears without asking. */
export type AppEvent =
  /** These assets changed (state, head, path); empty list: anything may have. */
  | { readonly kind: 'assetsChanged'; readonly assets: readonly AssetRef[] }
  /** Who has which item is different now: to be read again. */
  | { readonly kind: 'leasesChanged' }
  /** The store or its files went away, or are back. */
  | { readonly kind: 'reach'; readonly reach: Reach }
  /** What waits on this machine to be sent is different now. */
  | { readonly kind: 'waitingChanged' }
  /** Something that went wrong or right in the background; a sentence, shown as a notice. */
  | { readonly kind: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly message: string; readonly code: string | null };

/** What can be set while the app runs, and some of what can not. */
export interface Settings {
  readonly reviewer: string;
  /** The host or the environment named the reviewer: at the next start that name is back. */
  readonly isReviewerGiven: boolean;
  /** The store's default model and threshold. */
  readonly modelId: ModelId;
  readonly threshold: number;
  /** The store's model for prompts. */
  readonly promptModelId: ModelId;
  /** Of the inference process from its next start; null: as many as the machine has. */
  readonly threads: number | null;
  readonly threadsInUse: number;
  /** This machine's: how much disk prepared photos may take, and how much memory those that are held ready for prompts. */
  readonly embeddingCacheMegabytes: number;
  readonly decoderMemoryMegabytes: number;
  readonly maskOrientation: 'exif' | 'stored';
  readonly maxMegapixels: number;
}

const control = /\p{Cc}/u;
export const reviewerSchema = z
  .string()
  .trim()
  .min(1, 'A reviewer has a name.')
  .max(60, 'A name has at most 60 characters.')
  .refine((name) => !control.test(name), 'A name is one line of text.');

export const embeddingCacheMegabytesSchema = z.int().min(64).max(1_000_000);
export const decoderMemoryMegabytesSchema = z.int().min(64).max(65_536);

/** Null: back to what holds where nothing is set. */
const settingsChangeSchema = z.object({
  reviewer: reviewerSchema.nullish(),
  modelId: modelIdSchema.nullish(),
  threshold: thresholdSchema.nullish(),
  threads: z.int().min(1).max(64).nullish(),
  promptModelId: modelIdSchema.nullish(),
  embeddingCacheMegabytes: embeddingCacheMegabytesSchema.nullish(),
  decoderMemoryMegabytes: decoderMemoryMegabytesSchema.nullish(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** A store's preferences are for all who open it; a machine's for this person, whatever the store. */
const scopeSchema = z.enum(['store', 'machine']).default('store');

/** In UTF-16 code units as JSON: a hundred saved filters are a tenth of it. Each is read whole at every start. */
const longestPreference = 1_000_000;
const preferenceSchema = z.json().refine((value) => JSON.stringify(value).length <= longestPreference, 'A preference may have a million characters.');

export const appContract = {
  info: oc.output(output<AppInfo>()),
  settings: oc.output(output<Settings>()),
  changeSettings: oc.input(settingsChangeSchema).output(output<Settings>()),
  /** Approved masks that could not be published yet are tried again at once. */
  publishNow: oc.output(output<void>()),
  events: oc.output(eventIterator(output<AppEvent>())),
  getPreference: oc.input(z.object({ key: z.string().max(100), scope: scopeSchema })).output(output<unknown>()),
  setPreference: oc.input(z.object({ key: z.string().max(100), value: preferenceSchema, scope: scopeSchema })).output(output<void>()),
};
