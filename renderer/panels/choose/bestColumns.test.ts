import { expect, test } from 'vitest';
import { bestColumns } from './bestColumns.ts';

test('wide pictures go under each other where there is height, tall ones side by side', () => {
  expect(bestColumns(3, 16 / 9, 820, 780)).toBe(2);
  expect(bestColumns(2, 16 / 9, 820, 780)).toBe(1);
  expect(bestColumns(3, 9 / 16, 820, 780)).toBe(3);
  expect(bestColumns(2, 1, 820, 500)).toBe(2);
});

test('never more columns than masks, and one at least', () => {
  for (let count = 1; count <= 9; count++) {
    const columns = bestColumns(count, 1.5, 700, 560);
    expect(columns).toBeGreaterThanOrEqual(1);
    expect(columns).toBeLessThanOrEqual(count);
  }
});
