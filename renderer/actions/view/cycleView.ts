import { inBackground } from '../../stores/notices.ts';
import {
  cutoutGroundLabels,
  cutoutGrounds,
  cycleViewMode,
  differenceBaseLabels,
  differenceBases,
  setCutoutGround,
  setDifferenceBase,
  setViewMode,
  viewModeLabels,
  viewModes,
  type CutoutGround,
  type DifferenceBase,
  type ViewMode,
} from '../../stores/view.ts';
import type { Action } from '../action.ts';

export const cycleView: Action = {
  id: 'view.cycle',
  label: 'Next view: overlay, outline, cutouts, mask, matte, difference, photo',
  group: 'View',
  keys: ['V'],
  run: cycleViewMode,
};

/** One a view, for the switch and the palette. */
export const viewActions: readonly (Action & { readonly mode: ViewMode })[] = viewModes.map((mode) => ({
  id: `view.${mode}`,
  mode,
  label: `View: ${mode === 'difference' ? 'difference' : viewModeLabels[mode].toLowerCase()}`,
  group: 'View',
  keys: [],
  run: () => setViewMode(mode),
}));

export const cutoutActions: readonly (Action & { readonly ground: CutoutGround })[] = cutoutGrounds.map((ground) => ({
  id: `view.cutout.${ground}`,
  ground,
  label: `Cutout ${cutoutGroundLabels[ground].toLowerCase()}`,
  group: 'View',
  keys: [],
  run: () => inBackground(setCutoutGround(ground), 'view'),
}));

export const differenceActions: readonly (Action & { readonly base: DifferenceBase })[] = differenceBases.map((base) => ({
  id: `view.difference.${base}`,
  base,
  label: `Difference ${differenceBaseLabels[base].toLowerCase()}`,
  group: 'View',
  keys: [],
  run: () => inBackground(setDifferenceBase(base), 'view'),
}));
