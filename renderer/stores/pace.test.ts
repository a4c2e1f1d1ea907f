import { beforeEach, describe, expect, test } from 'vitest';
import { countVerdict, perHour, usePace } from './pace.ts';

const minute = 60_000;

beforeEach(() => usePace.setState({ verdicts: 0, workedMs: 0, lastAtMs: null }));

describe('pace', () => {
  test('is said only once there is something to say', () => {
    countVerdict(0);
    countVerdict(minute);
    expect(perHour(usePace.getState())).toBeNull();
  });

  test('takes neither three quick verdicts nor a long look at one for a pace', () => {
    for (let second = 0; second < 40; second += 2) countVerdict(second * 1000);
    expect(perHour(usePace.getState())).toBeNull();
    usePace.setState({ verdicts: 0, workedMs: 0, lastAtMs: null });
    for (const atMs of [0, 4 * minute, 8 * minute, 12 * minute]) countVerdict(atMs);
    expect(perHour(usePace.getState())).toBeNull();
    countVerdict(16 * minute);
    expect(perHour(usePace.getState())).toBeCloseTo(15);
  });

  test('counts verdicts an hour, breaks left out', () => {
    for (const atMs of [0, minute, 2 * minute, 90 * minute, 91 * minute]) countVerdict(atMs);
    // Four steps in three minutes of work: the hour and a half at lunch is none.
    expect(perHour(usePace.getState())).toBeCloseTo(80);
  });

  test('takes a verdict back that was undone', () => {
    for (const atMs of [0, minute, 2 * minute, 3 * minute]) countVerdict(atMs);
    countVerdict(3 * minute, -1);
    expect(usePace.getState().verdicts).toBe(3);
  });
});
