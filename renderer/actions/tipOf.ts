import type { Action } from './action.ts';

/** For a tooltip: its name, and what other programs call it. */
export const tipOf = ({ label, alsoCalled = [] }: Action): string => (alsoCalled.length === 0 ? label : `${label} (elsewhere: ${alsoCalled.join(', ')})`);
