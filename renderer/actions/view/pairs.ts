import { sameAsset } from '../../../shared/domain/asset.ts';
import { loadCounterparts, useCounterparts } from '../../stores/counterparts.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { otherSide, pane, sideOfKind } from '../../stores/panes.ts';
import { useSelection } from '../../stores/selection.ts';
import type { Action } from '../action.ts';
import { openCounterpart } from '../desk/openItem.ts';

const hasItem = (): boolean => useSelection.getState().item !== null;

export const choosePair: Action = {
  id: 'pair',
  label: 'Choose what to compare with',
  group: 'View',
  keys: ['Ctrl+P'],
  when: hasItem,
  run: () => {
    if (useOverlay.getState().open === 'pair') return closeOverlay();
    const { item } = useSelection.getState();
    if (item === null) return;
    inBackground(loadCounterparts(item, ''));
    openOverlay('pair');
  },
};

/** The one after (or before) the shown in the list of the picker; round at its ends. */
const step = async (by: -1 | 1): Promise<void> => {
  const { item } = useSelection.getState();
  if (item === null) return;
  const known = useCounterparts.getState();
  const isKnown = known.of !== null && sameAsset(known.of, item) && known.text === '' && known.status === 'ready';
  if (!isKnown) await loadCounterparts(item, '');
  const { items } = useCounterparts.getState();
  const shown = pane(otherSide(sideOfKind[item.kind])).asset;
  const place = shown === null ? -1 : items.findIndex(({ asset }) => sameAsset(asset, shown));
  const next = items.at(place === -1 ? 0 : (place + by) % items.length);
  if (next !== undefined && (shown === null || !sameAsset(next.asset, shown))) await openCounterpart(next.asset);
};

export const nextPair: Action = { id: 'pair.next', label: 'Next one to compare with', group: 'View', keys: ['Alt+ArrowRight'], when: hasItem, run: () => inBackground(step(1)) };
export const previousPair: Action = { id: 'pair.previous', label: 'One to compare with before', group: 'View', keys: ['Alt+ArrowLeft'], when: hasItem, run: () => inBackground(step(-1)) };
