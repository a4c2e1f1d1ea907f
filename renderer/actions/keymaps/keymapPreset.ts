import type { PresetId } from '../../stores/keymap.ts';

/** Keys as people know them from another tool. What it does not name keeps Maskdesk's own key, unless the preset gives that key to something else. */
export interface KeymapPreset {
  readonly id: PresetId;
  readonly label: string;
  /** By the action's id. An action that this version does not have is passed over. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}
