import type { Action } from './action.ts';

/** The parts of a KeyboardEvent that matter; a plain object in tests. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const named: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete' };

/**
 * A press as it is written in actions: `Ctrl+Shift+Z`, `D`, `?`. Command counts as Ctrl. Shift is written for letters and named keys
 * only: for the others it is part of what the key gives (`?`). On a layout without Latin letters the key's place counts.
 */
export const chordOf = (press: KeyPress): string => {
  const isLetterKey = /^Key[A-Z]$/.test(press.code);
  const isAscii = /^[\x20-\x7e]$/.test(press.key);
  const isLetter = /^[a-z]$/i.test(press.key) || (isLetterKey && !isAscii && press.key.length === 1);
  const letter = /^[a-z]$/i.test(press.key) ? press.key.toUpperCase() : press.code.slice(3);
  const key = isLetter ? letter : (named[press.key] ?? press.key);
  const writesShift = press.shiftKey && (isLetter || key.length > 1);
  return [press.ctrlKey || press.metaKey ? 'Ctrl' : '', press.altKey ? 'Alt' : '', writesShift ? 'Shift' : '', key].filter((part) => part !== '').join('+');
};

/** The action that a chord means now; null leaves the key to the page. @param keysOf which keys count for an action; default: its own */
export const actionFor = (actions: readonly Action[], chord: string, keysOf: (action: Action) => readonly string[] = ({ keys }) => keys): Action | null =>
  actions.find((action) => keysOf(action).includes(chord) && (action.when?.() ?? true)) ?? null;

const keyLabels: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Backspace: '⌫',
  Escape: 'Esc',
};

/** A chord for people, in parts, one a key cap. */
export const keyCaps = (chord: string, isMac: boolean): readonly string[] => {
  // A chord may end in the plus key itself.
  const parts = chord === '+' ? ['+'] : chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return parts.map((part) => (part === 'Ctrl' && isMac ? '⌘' : (keyLabels[part] ?? part)));
};
