import { z } from 'zod';
import { create } from 'zustand';
import { core } from '../bridge/core.ts';
import { isTintId, nextTintId, tintIds, type TintId } from './tints.ts';

export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['normal', 'compact'] as const;
export type Density = (typeof densities)[number];

/** Where prompts are answered: where it is soonest, as measured; in the decoding process; in the window. */
export const promptDecoders = ['automatic', 'native', 'window'] as const;

/** Each with the range that the settings offer; what is kept and outside of it, as from a newer version, leaves the default. */
const schemas = {
  theme: z.enum(themes),
  density: z.enum(densities),
  /** What masks are drawn in. */
  tint: z.custom<TintId>(isTintId),
  /** Of the mask over the photo, percent, 0..100. */
  opacityPercent: z.int().min(0).max(100),
  /** Of the outline view, screen pixels, 1..4: never so thick that it hides the edge it marks. */
  outlineWidthPx: z.int().min(1).max(4),
  /** Whether added and removed parts are hatched as well as coloured. */
  hasHatch: z.boolean(),
  /** Decoded photos kept ready, MB (10^6 bytes), 64..4096. */
  photoCacheMegabytes: z.int().min(64).max(4096),
  /** Undo steps and masks in work of the items that were left, all together, MB (10^6 bytes), 16..1024: what is more is on disk alone. */
  historyMegabytes: z.int().min(16).max(1024),
  promptDecoder: z.enum(promptDecoders),
} as const;

export type Preferences = { readonly [Key in keyof typeof schemas]: z.infer<(typeof schemas)[Key]> };
export type PreferenceKey = keyof Preferences;

export const standardPreferences: Preferences = {
  theme: 'system',
  density: 'normal',
  tint: tintIds[0] ?? 'cyan',
  opacityPercent: 35,
  outlineWidthPx: 2,
  hasHatch: true,
  photoCacheMegabytes: 512,
  historyMegabytes: 64,
  promptDecoder: 'automatic',
};

/** What this person likes at this machine, whatever store is open. */
export const usePreferences = create<Preferences>(() => standardPreferences);

const keys = Object.keys(schemas) as readonly PreferenceKey[];

export const loadPreferences = async (): Promise<void> => {
  const kept = await Promise.all(keys.map(async (key) => [key, schemas[key].safeParse(await core().app.getPreference({ key, scope: 'machine' }))] as const));
  usePreferences.setState(Object.fromEntries(kept.flatMap(([key, parsed]) => (parsed.success ? [[key, parsed.data]] : []))));
};

/** Takes effect at once, then is kept. */
export const setPreference = async <Key extends PreferenceKey>(key: Key, value: Preferences[Key]): Promise<void> => {
  usePreferences.setState({ [key]: value });
  await core().app.setPreference({ key, value, scope: 'machine' });
};

export const resetPreferences = async (which: readonly PreferenceKey[]): Promise<void> => {
  await Promise.all(which.map((key) => setPreference(key, standardPreferences[key])));
};

export const cycleTheme = (): Promise<void> => setPreference('theme', themes[(themes.indexOf(usePreferences.getState().theme) + 1) % themes.length] ?? 'system');
export const setTint = (tint: TintId): Promise<void> => setPreference('tint', tint);
export const cycleTint = (): Promise<void> => setTint(nextTintId(usePreferences.getState().tint));
