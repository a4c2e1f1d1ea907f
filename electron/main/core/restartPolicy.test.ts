import { expect, test } from 'vitest';
import { RestartPolicy } from './restartPolicy.ts';

test('a process that dies now and then is started again, one that keeps dying is not', () => {
  const policy = new RestartPolicy();
  const quickDeaths = [0, 100, 200, 300, 400].map((atMs) => policy.mayRestart(atMs));
  expect(quickDeaths).toEqual([true, true, true, true, false]);
  expect(policy.mayRestart(61_000)).toBe(true);
});
