import type { Action } from '../action.ts';
import type { KeymapPreset } from './keymapPreset.ts';

/** Who says which keys an action has: the person, the preset, or the action itself. */
export type KeySource = 'own' | 'preset' | 'default';

export interface ActionKeys {
  readonly keys: readonly string[];
  readonly source: KeySource;
}

export type ResolvedKeymap = ReadonlyMap<string, ActionKeys>;

/** The same key in two of these is no conflict: only one of them is open at a time. */
export const contextOf = (action: Pick<Action, 'context'>): string => action.context ?? 'desk';

/**
 * The keys of every action: the person's own, else the preset's, else its default without the keys that the preset gives to another action
 * of the same place; a key that both have by default stays with both, their `when` decides. What the person chose takes nothing away by itself: they were asked.
 */
export const resolveKeymap = (actions: readonly Action[], preset: Pick<KeymapPreset, 'keys'>, own: Readonly<Record<string, readonly string[]>>): ResolvedKeymap => {
  const taken = new Set(actions.flatMap((action) => (preset.keys[action.id] ?? []).filter((chord) => !action.keys.includes(chord)).map((chord) => `${contextOf(action)} ${chord}`)));
  return new Map(
    actions.map((action): [string, ActionKeys] => {
      const chosen = own[action.id];
      if (chosen !== undefined) return [action.id, { keys: chosen, source: 'own' }];
      const known = preset.keys[action.id];
      if (known !== undefined) return [action.id, { keys: known, source: 'preset' }];
      return [action.id, { keys: action.keys.filter((chord) => !taken.has(`${contextOf(action)} ${chord}`)), source: 'default' }];
    }),
  );
};

/** Other actions of the same place that have this key. */
export const holdersOf = (actions: readonly Action[], keymap: ResolvedKeymap, action: Action, chord: string): readonly Action[] =>
  actions.filter((other) => other.id !== action.id && contextOf(other) === contextOf(action) && (keymap.get(other.id)?.keys.includes(chord) ?? false));

/**
 * Keys of an action that others have as well, with those others. Defaults that share a key do so by design: their `when` decides.
 */
export const conflictsOf = (actions: readonly Action[], keymap: ResolvedKeymap, action: Action): readonly { readonly chord: string; readonly others: readonly Action[] }[] => {
  const mine = keymap.get(action.id);
  return (mine?.keys ?? []).flatMap((chord) => {
    const others = holdersOf(actions, keymap, action, chord).filter((other) => !(action.keys.includes(chord) && other.keys.includes(chord)));
    return others.length === 0 ? [] : [{ chord, others }];
  });
};
