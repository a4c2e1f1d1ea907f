import { radius, type Adjustment } from './adjustment.ts';

export const close: Adjustment = { kind: 'close', name: 'Close gaps', alsoCalled: ['Closing'], does: 'fill gaps and notches', note: 'Gaps narrower than twice the radius are filled.', amount: radius() };
