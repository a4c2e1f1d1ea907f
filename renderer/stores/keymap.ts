import { z } from 'zod';
import { create } from 'zustand';
import { core } from '../bridge/core.ts';

export const presetIds = ['maskdesk', 'cvat', 'xAnylabeling', 'labelStudio', 'photoshop'] as const;
export type PresetId = (typeof presetIds)[number];

/** `Ctrl+Shift+Z`, `F6`, `?`: what actions/keys.ts makes of a press. */
const chordSchema = z.string().regex(/^(Ctrl\+)?(Alt\+)?(Shift\+)?([^\s+]{1,20}|\+)$/, 'is not a key such as Ctrl+Shift+Z');
const keymapSchema = z.object({
  preset: z.enum(presetIds),
  /** The person's own choice, by the action's id; an empty list: no key. */
  own: z.record(z.string().max(100), z.array(chordSchema).max(8)),
});
export type Keymap = z.infer<typeof keymapSchema>;

const standard: Keymap = { preset: 'maskdesk', own: {} };
const preferenceKey = 'keymap';

/** Which keys start which action. What counts in the end is made of it in actions/keymaps/effective.ts. */
export const useKeymap = create<Keymap>(() => standard);

/** What is kept and not understood, as from a newer version, leaves the defaults. */
export const loadKeymap = async (): Promise<void> => {
  const kept = keymapSchema.safeParse(await core().app.getPreference({ key: preferenceKey, scope: 'machine' }));
  if (kept.success) useKeymap.setState(kept.data);
};

const keep = async (keymap: Keymap): Promise<void> => {
  useKeymap.setState(keymap);
  await core().app.setPreference({ key: preferenceKey, value: keymap, scope: 'machine' });
};

/** Another tool's keys; the person's own changes stay on top. */
export const setPreset = (preset: PresetId): Promise<void> => keep({ ...useKeymap.getState(), preset });

/** @param changes by the action's id; null: back to the preset's */
export const setOwnKeys = (changes: Readonly<Record<string, readonly string[] | null>>): Promise<void> => {
  const { preset, own } = useKeymap.getState();
  const next = Object.entries({ ...own, ...changes }).flatMap(([id, keys]): [string, string[]][] => (keys === null ? [] : [[id, [...keys]]]));
  return keep({ preset, own: Object.fromEntries(next) });
};

export const resetKeymap = (): Promise<void> => keep(standard);

/** For a file that another machine can read. */
export const exportKeymap = (): string => `${JSON.stringify({ maskdeskKeymap: 1, preset: useKeymap.getState().preset, own: useKeymap.getState().own }, null, 2)}\n`;

/** @returns a sentence when the text is no keymap of ours, else null */
export const importKeymap = async (text: string): Promise<string | null> => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'This file is not JSON. Choose one that was exported from Settings, Keys.';
  }
  const checked = z.object({ maskdeskKeymap: z.literal(1) }).and(keymapSchema).safeParse(parsed);
  if (!checked.success) return `This file holds no keys of Maskdesk: ${checked.error.issues[0]?.path.join(' ') ?? ''} ${checked.error.issues[0]?.message ?? ''}`.trim();
  await keep({ preset: checked.data.preset, own: checked.data.own });
  return null;
};
