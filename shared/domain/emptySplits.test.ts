import { expect, test } from 'vitest';
import { emptySplitWords } from './emptySplits.ts';

test('empty splits are named, with why and what helps; none where there is nothing to divide', () => {
  const words = (train: number, val: number, test: number): string | null =>
    emptySplitWords([
      { name: 'train', masks: train },
      { name: 'val', masks: val },
      { name: 'test', masks: test },
    ]);
  expect(words(8, 1, 1)).toBeNull();
  expect(words(0, 0, 0)).toBeNull();
  expect(words(9, 1, 0)).toMatch(/^test stays empty: products, .*A set without keyframes/);
  expect(words(9, 0, 0)).toMatch(/^val and test stay empty/);
});
