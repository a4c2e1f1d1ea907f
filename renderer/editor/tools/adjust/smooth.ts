import { radius, type Adjustment } from './adjustment.ts';

export const smooth: Adjustment = { kind: 'smooth', name: 'Smooth', does: 'smooth the edge', note: 'Bumps go and notches fill; straight edges stay.', amount: radius('Strength') };
