import type { KeymapPreset } from './keymapPreset.ts';

/** Maskdesk's own: each action's default keys. */
export const defaultKeymap: KeymapPreset = { id: 'maskdesk', label: 'Maskdesk', keys: {} };
