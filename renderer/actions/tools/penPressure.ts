import type { Action } from '../action.ts';
import { toolSettings } from '../desk/editors.ts';

export const penPressure: Action = {
  id: 'brush.penPressure',
  label: 'Pen pressure sets the size, or not',
  group: 'Tools',
  keys: [],
  run: () => toolSettings.setState(({ pressureSetsSize }) => ({ pressureSetsSize: !pressureSetsSize })),
};
