import type { Side } from '../../stores/panes.ts';
import { usePanes } from '../../stores/panes.ts';
import { useLiveChange } from '../../stores/liveChange.ts';
import { inBackground } from '../../stores/notices.ts';
import { useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

/** A change of a whole mask that is shown and not kept yet: an adjustment, a soft edge, a mask from another picture. */
export interface OpenChange {
  readonly side: Side;
  /** As its button says. */
  readonly name: string;
  /** Resolves when what was still being computed is kept too. */
  apply(): Promise<unknown>;
  cancel(): void;
  /** `[` and `]`: less and more of what it is about. */
  step(direction: -1 | 1): void;
}

let open: OpenChange | null = null;

/** One at a time. The one before is taken back: whoever looks through them has not decided for any. */
export const openChange = (begin: () => OpenChange): void => {
  open?.cancel();
  open = begin();
  useLiveChange.setState({ name: open.name });
};

/** It is over, however it ended. */
export const changeEnded = (change: OpenChange): void => {
  if (open !== change) return;
  open = null;
  useLiveChange.setState({ name: null });
};

const isChanging = (): boolean => open !== null && useOverlay.getState().open === null;
const whyNot = (): string => 'No adjustment is being shown.';

// The inspector is about the active pane: a change of the other one would have no slider.
usePanes.subscribe(({ active }, before) => {
  if (active !== before.active && open !== null && open.side !== active) inBackground(open.apply(), 'tool');
});

/** Enter means this before it means a verdict. */
export const applyChange: Action = {
  id: 'change.apply',
  label: 'Apply the adjustment',
  group: 'Adjust',
  keys: ['Enter'],
  when: isChanging,
  whyNot,
  run: () => {
    if (open !== null) inBackground(open.apply(), 'tool');
  },
};

export const cancelChange: Action = {
  id: 'change.cancel',
  label: 'Take the adjustment back',
  group: 'Adjust',
  keys: ['Escape'],
  when: isChanging,
  whyNot,
  run: () => open?.cancel(),
};

export const lessChange: Action = { id: 'change.less', label: 'Less of the adjustment', group: 'Adjust', keys: ['['], when: isChanging, whyNot, run: () => open?.step(-1) };
export const moreChange: Action = { id: 'change.more', label: 'More of the adjustment', group: 'Adjust', keys: [']'], when: isChanging, whyNot, run: () => open?.step(1) };
