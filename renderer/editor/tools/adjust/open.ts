import { radius, type Adjustment } from './adjustment.ts';

export const open: Adjustment = { kind: 'open', name: 'Drop threads', alsoCalled: ['Opening', 'Despeckle'], does: 'take threads and spikes away', note: 'What is thinner than twice the radius goes.', amount: radius() };
