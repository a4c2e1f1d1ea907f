import { expect, test } from 'vitest';
import type { Action } from '../action.ts';
import { obstaclesOf } from './palette.ts';
import { listedCommands, rankCommands } from './paletteCommands.ts';

const action = (id: string, label: string, more: Partial<Action> = {}): Action => ({ id, label, group: 'View', keys: [], run: () => undefined, ...more });
const commands = [action('reject', 'Reject…'), action('rerun', 'Re-run a model…'), action('fit', 'Fit the picture'), action('redo', 'Redo step', { alsoCalled: ['Step forward'] })];
const ids = (text: string, recent: readonly string[] = []): readonly string[] => rankCommands(commands, text, recent).map(({ id }) => id);

test('letters in order find a command, the best match first', () => {
  expect(ids('rjct')[0]).toBe('reject');
  expect(ids('fit')[0]).toBe('fit');
  expect(ids('zzz')).toEqual([]);
});

test('the words of other programs find it as well', () => {
  expect(ids('step forward')).toEqual(['redo']);
});

test('with nothing typed what was used last comes first', () => {
  expect(ids('')).toEqual(['reject', 'rerun', 'fit', 'redo']);
  expect(ids('', ['redo', 'gone', 'fit'])).toEqual(['redo', 'fit', 'reject', 'rerun']);
});

test('what lasts while a key is held, or belongs to a form, is not listed', () => {
  expect(listedCommands([...commands, action('hold', 'Hide', { release: () => undefined }), action('reject.holes', 'Holes', { context: 'reject' })])).toEqual(commands);
});

test('what can not be done says why', () => {
  expect(obstaclesOf([action('a', 'A', { when: () => false }), action('b', 'B', { when: () => false, whyNot: () => 'Nothing is shown.' }), action('c', 'C', { when: () => true })])).toEqual({
    a: 'Not at the moment',
    b: 'Nothing is shown.',
  });
});
