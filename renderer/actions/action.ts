/**
 * One thing that a person can do. Keys, buttons' tooltips and the list of shortcuts are all made from these objects, so that a label and
 * its key are written once.
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: 'Verdict' | 'Moving on' | 'Tools' | 'View' | 'App';
  /**
   * Keys that start it, the first one is shown: `Ctrl+Z`, `Enter`, `?`. `Ctrl` is Command on a Mac. Letters are those of the key's label,
   * whatever case.
   */
  readonly keys: readonly string[];
  /** Whether it makes sense now; a key whose action does not is left to the page. Default: always. */
  readonly when?: () => boolean;
  readonly run: () => void;
  /** For actions that last while the key is held. */
  readonly release?: () => void;
}
