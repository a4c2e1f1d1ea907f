import { describe, expect, test } from 'vitest';
import type { Action } from './action.ts';
import { actionFor, chordOf, keyCaps, type KeyPress } from './keys.ts';

const press = (key: string, code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

describe('chords', () => {
  test.each<[KeyPress, string]>([
    [press('b', 'KeyB'), 'B'],
    [press('D', 'KeyD', { shiftKey: true }), 'Shift+D'],
    [press('z', 'KeyZ', { ctrlKey: true }), 'Ctrl+Z'],
    [press('Z', 'KeyZ', { metaKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
    [press('?', 'Slash', { shiftKey: true }), '?'],
    [press(' ', 'Space'), 'Space'],
    [press('Enter', 'Enter', { ctrlKey: true }), 'Ctrl+Enter'],
    [press('Tab', 'Tab', { shiftKey: true }), 'Shift+Tab'],
    [press('1', 'Digit1'), '1'],
    // The key's label counts: on a French keyboard A is where Q is elsewhere.
    [press('a', 'KeyQ'), 'A'],
    // Without Latin letters its place does.
    [press('и', 'KeyB'), 'B'],
    [press('И', 'KeyB', { shiftKey: true }), 'Shift+B'],
  ])('%j is %s', (input, chord) => expect(chordOf(input)).toBe(chord));

  test('are shown as key caps', () => {
    expect(keyCaps('Ctrl+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('Ctrl+Z', true)).toEqual(['⌘', 'Z']);
    expect(keyCaps('+', false)).toEqual(['+']);
    expect(keyCaps('Ctrl++', false)).toEqual(['Ctrl', '+']);
  });
});

describe('the action of a chord', () => {
  const action = (id: string, keys: readonly string[], holds = true): Action => ({ id, label: id, group: 'App', keys, when: () => holds, run: () => undefined });

  test('is the first whose moment it is', () => {
    const actions = [action('reason', ['1'], false), action('actual size', ['1']), action('late', ['1'])];
    expect(actionFor(actions, '1')?.id).toBe('actual size');
    expect(actionFor(actions, '2')).toBeNull();
  });
});
