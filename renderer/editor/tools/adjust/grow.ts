import { radius, type Adjustment } from './adjustment.ts';

export const grow: Adjustment = { kind: 'grow', name: 'Grow', alsoCalled: ['Expand', 'Dilate'], does: 'move the edge outwards', note: 'The edge moves outwards by the radius.', amount: radius() };
