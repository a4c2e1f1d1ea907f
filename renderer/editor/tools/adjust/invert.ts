import type { Adjustment } from './adjustment.ts';

export const invert: Adjustment = { kind: 'invert', name: 'Invert', alsoCalled: ['Inverse'], does: 'what is inside goes out', note: 'What is inside is outside, and the other way round.', amount: null };
