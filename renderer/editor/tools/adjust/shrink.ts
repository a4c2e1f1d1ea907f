import { radius, type Adjustment } from './adjustment.ts';

export const shrink: Adjustment = {
  kind: 'shrink',
  name: 'Shrink',
  alsoCalled: ['Contract', 'Erode'],
  does: 'move the edge inwards',
  note: 'The edge moves inwards by the radius; not from the picture’s border.',
  amount: radius(),
};
