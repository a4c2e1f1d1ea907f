import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../action.ts';
import { conflictsOf, contextOf, holdersOf, resolveKeymap } from './resolveKeymap.ts';

const action = (id: string, keys: readonly string[], context?: Action['context']): Action => ({ id, label: id, group: 'App', keys, run: () => undefined, ...(context === undefined ? {} : { context }) });
const [next, previous, fit, reason] = [action('next', ['D', 'ArrowRight']), action('previous', ['A']), action('fit', ['F']), action('reason', ['1'], 'reject')];
const all = [next, previous, fit, reason];

describe('which keys count', () => {
  test('a default gives way to the preset, in the same place alone', () => {
    const keymap = resolveKeymap(all, { keys: { next: ['F'], fit2: ['X'], previous: ['1'] } }, {});
    expect(keymap.get('next')).toEqual({ keys: ['F'], source: 'preset' });
    expect(keymap.get('fit')).toEqual({ keys: [], source: 'default' });
    expect(keymap.get('reason')?.keys).toEqual(['1']);
  });

  test('what takes turns on a key by default goes on doing so', () => {
    const [approve, approveMany] = [action('approve', ['Enter']), action('approveMany', ['Enter'])];
    const keymap = resolveKeymap([approveMany, approve], { keys: { approve: ['Ctrl+S', 'Enter'] } }, {});
    expect(keymap.get('approveMany')?.keys).toEqual(['Enter']);
    expect(conflictsOf([approveMany, approve], keymap, approve)).toEqual([]);
  });

  test('what the person chose wins, and no key is a choice', () => {
    const keymap = resolveKeymap(all, { keys: { next: ['F'] } }, { next: ['N'], previous: [] });
    expect(keymap.get('next')).toEqual({ keys: ['N'], source: 'own' });
    expect(keymap.get('previous')).toEqual({ keys: [], source: 'own' });
  });

  test('a conflict names who has the key; another place is none', () => {
    const keymap = resolveKeymap(all, { keys: {} }, { next: ['F', '1'] });
    expect(conflictsOf(all, keymap, next)).toEqual([{ chord: 'F', others: [fit] }]);
    expect(conflictsOf(all, keymap, fit).map(({ others }) => others)).toEqual([[next]]);
    expect(conflictsOf(all, keymap, previous)).toEqual([]);
    expect(holdersOf(all, keymap, previous, 'F')).toEqual([next, fit]);
  });

  test('no preset leaves two actions of one place with its key', () => {
    const chord = fc.constantFrom('A', 'B', 'C', 'D', 'F', '1');
    const keys = fc.uniqueArray(chord, { maxLength: 2 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('next', 'previous'), keys), (preset) => {
        const keymap = resolveKeymap(all, { keys: preset }, {});
        for (const [id, chords] of Object.entries(preset)) {
          const owner = all.find((other) => other.id === id);
          for (const taken of owner === undefined ? [] : chords) {
            if (owner?.keys.includes(taken) === true) continue;
            const losers = all.filter((other) => preset[other.id] === undefined && contextOf(other) === 'desk');
            expect(losers.some((other) => keymap.get(other.id)?.keys.includes(taken))).toBe(false);
          }
        }
      }),
    );
  });
});
