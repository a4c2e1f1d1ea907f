import { expect, test } from 'vitest';
import { indexAfterKey } from './selectKeys.ts';

const labels = ['Newest', 'Product', 'Worst first', 'Painted'];

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 3, 3],
  ['ArrowUp', 0, 0],
  ['End', 0, 3],
  ['Home', 2, 0],
  ['p', 0, 1],
  // The same letter again: the next of them, round from the end.
  ['P', 1, 3],
  ['p', 3, 1],
  ['x', 2, 2],
  ['Shift', 2, 2],
])('%s from %d leads to %d', (key, from, to) => expect(indexAfterKey(key, from, labels)).toBe(to));
