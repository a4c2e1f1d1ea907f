import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { AssetRef } from '../../domain/asset.ts';
import { output } from './types.ts';

export interface AppInfo {
  readonly version: string;
  readonly storeLocation: string;
  readonly reviewer: string;
  readonly isDemo: boolean;
  readonly electronNote: string | null;
}

/** What the renderer hears without asking. */
export type AppEvent =
  /** These assets changed (state, head, path); empty list: anything may have. */
  | { readonly kind: 'assetsChanged'; readonly assets: readonly AssetRef[] }
  /** Something that went wrong or right in the background; a sentence, shown as a notice. */
  | { readonly kind: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly message: string; readonly code: string | null };

export const appContract = {
  info: oc.output(output<AppInfo>()),
  events: oc.output(eventIterator(output<AppEvent>())),
  getPreference: oc.input(z.object({ key: z.string().max(100) })).output(output<unknown>()),
  setPreference: oc.input(z.object({ key: z.string().max(100), value: z.json() })).output(output<void>()),
};
