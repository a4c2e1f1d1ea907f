import { expect, test } from 'vitest';
import { queryOf } from './dashboard.ts';

const at = (text: string): number => new Date(text).getTime();
const hourMs = 3_600_000;

test('today goes by the hour, from midnight to the end of this hour', () => {
  const { sinceMs, untilMs, bucketMs } = queryOf('today', at('2026-11-20T10:15:00'));
  expect([sinceMs, untilMs, bucketMs]).toEqual([at('2026-11-20T00:00:00'), at('2026-11-20T11:00:00'), hourMs]);
  expect(queryOf('today', at('2026-11-20T00:00:00')).untilMs).toBe(at('2026-11-20T01:00:00'));
});

test.each([
  ['week', '2026-11-14T00:00:00'],
  ['month', '2026-10-22T00:00:00'],
] as const)('a %s ends with today and begins at a midnight', (range, since) => {
  const { sinceMs, untilMs, bucketMs } = queryOf(range, at('2026-11-20T10:15:00'));
  expect([sinceMs, untilMs, bucketMs]).toEqual([at(since), at('2026-11-21T00:00:00'), 24 * hourMs]);
});
