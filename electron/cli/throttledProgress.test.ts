import { expect, test } from 'vitest';
import { createThrottle } from './throttledProgress.ts';

test('a step a second is told, the last one and each new phase at once', () => {
  let atMs = 0;
  const lets = createThrottle(() => atMs);
  expect(lets('reading', 0, 5000)).toBe(true);
  const told = Array.from({ length: 4999 }, (_, index) => {
    atMs = index;
    return lets('reading', index + 1, 5000);
  });
  expect(told.filter(Boolean)).toHaveLength(4);
  expect(lets('reading', 5000, 5000)).toBe(true);
  expect(lets('saving', 0, 5000)).toBe(true);
  expect(lets('saving', 1, null)).toBe(false);
});
