import { expect, test } from 'vitest';
import { chosenThreshold, useRerunChoice } from './rerunChoice.ts';

test('a re-run begins at the threshold that is set for the store, until another one is chosen', () => {
  expect(chosenThreshold(useRerunChoice.getState(), { threshold: 0.35 })).toBe(0.35);
  useRerunChoice.setState({ threshold: 0.8 });
  expect(chosenThreshold(useRerunChoice.getState(), { threshold: 0.35 })).toBe(0.8);
});
