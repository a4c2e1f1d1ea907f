import type { OverlayName } from '../stores/overlay.ts';

/** In the order in which lists show them. */
export const actionGroups = ['Verdict', 'Chosen items', 'Moving on', 'Tools', 'Prompts', 'Adjust', 'View', 'App'] as const;
export type ActionGroup = (typeof actionGroups)[number];

/**
 * One thing that a person can do. Keys, buttons' tooltips and the list of shortcuts are all made from these objects, so that a label and
 * its key are written once.
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  /** What other programs call it: lists find it by these too, and its tooltip says them. */
  readonly alsoCalled?: readonly string[];
  /**
   * Keys that start it unless the person has chosen others (keymaps/effective.ts says which count), the first one is shown: `Ctrl+Z`, `Enter`, `?`. `Ctrl` is Command on a Mac. Letters are those of the key's label,
   * whatever case.
   */
  readonly keys: readonly string[];
  /** Whether it makes sense now; a key whose action does not is left to the page. Default: always. */
  readonly when?: () => boolean;
  /** Why it makes no sense now, a sentence, for lists that show it dim; null or absent: nothing particular. */
  readonly whyNot?: () => string | null;
  /** Its keys count only while this is open over the desk; absent: on the desk. One key may mean two things in two places. */
  readonly context?: OverlayName;
  readonly run: () => void;
  /** For actions that last while the key is held. */
  readonly release?: () => void;
}
