import { useKeymap } from '../../stores/keymap.ts';
import type { Action } from '../action.ts';
import { actions } from '../index.ts';
import { keymapPresets } from './index.ts';
import { resolveKeymap, type ResolvedKeymap } from './resolveKeymap.ts';

let known: { readonly preset: string; readonly own: object; readonly keymap: ResolvedKeymap } | null = null;

/** The keys that count now: the preset with the person's own changes. */
export const effectiveKeymap = (): ResolvedKeymap => {
  const { preset, own } = useKeymap.getState();
  if (known === null || known.preset !== preset || known.own !== own) known = { preset, own, keymap: resolveKeymap(actions, keymapPresets[preset], own) };
  return known.keymap;
};

/** Of one action; those that are not listed in actions/index.ts keep their own. */
export const keysOf = (action: Action): readonly string[] => effectiveKeymap().get(action.id)?.keys ?? action.keys;
