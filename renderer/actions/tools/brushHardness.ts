import { tipInHand } from '../../stores/toolSettings.ts';
import type { Action } from '../action.ts';
import { activeEditor, toolSettings } from '../desk/editors.ts';

const stepShare = 0.1;

/** Whole tenths, so that there and back is where one began. */
const stepHardness = (direction: -1 | 1): void => activeEditor().setHardness(Math.round((tipInHand(toolSettings.getState()).hardness + direction * stepShare) * 10) / 10);

export const softerBrush: Action = {
  id: 'brush.softer',
  label: 'Softer brush',
  group: 'Tools',
  keys: ['{'],
  run: () => stepHardness(-1),
};

export const harderBrush: Action = {
  id: 'brush.harder',
  label: 'Harder brush',
  group: 'Tools',
  keys: ['}'],
  run: () => stepHardness(1),
};
