import { inBackground } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import { cycleTint, setTint } from '../../stores/preferences.ts';
import { tintIds, tints, type TintId } from '../../stores/tints.ts';
import type { Action } from '../action.ts';

export const chooseTint: Action = { id: 'tint', label: 'Colour of the mask', group: 'View', keys: [], run: () => toggleOverlay('tint') };

export const nextTint: Action = {
  id: 'tint.next',
  label: 'Next colour of the mask',
  group: 'View',
  keys: ['Shift+V'],
  run: () => inBackground(cycleTint(), 'tint'),
};

/** One a colour, for the list; the list stays open, so that colours can be tried on the picture. */
export const tintActions: readonly (Action & { readonly tintId: TintId })[] = tintIds.map((tintId) => ({
  id: `tint.${tintId}`,
  tintId,
  label: tints[tintId].label,
  group: 'View',
  keys: [],
  run: () => inBackground(setTint(tintId), 'tint'),
}));
