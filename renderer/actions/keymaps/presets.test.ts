import { expect, test } from 'vitest';
import { actions } from '../index.ts';
import { keymapPresets } from './index.ts';
import { conflictsOf, resolveKeymap } from './resolveKeymap.ts';

const presets = Object.values(keymapPresets);

test.each(presets.map((preset) => [preset.label, preset] as const))('%s: no key of the preset means two things, and none of its commands is unknown', (_label, preset) => {
  const keymap = resolveKeymap(actions, preset, {});
  const conflicts = actions.flatMap((action) => conflictsOf(actions, keymap, action).map(({ chord, others }) => `${chord}: ${action.id}, ${others.map(({ id }) => id).join(', ')}`));
  expect(conflicts).toEqual([]);
  expect(Object.keys(preset.keys).filter((id) => !actions.some((action) => action.id === id))).toEqual([]);
});

test.each(presets.map((preset) => [preset.label, preset] as const))('%s: every tool keeps a key', (_label, preset) => {
  const keymap = resolveKeymap(actions, preset, {});
  expect(actions.filter(({ id }) => id.startsWith('tool.') && (keymap.get(id)?.keys.length ?? 0) === 0).map(({ id }) => id)).toEqual([]);
});
