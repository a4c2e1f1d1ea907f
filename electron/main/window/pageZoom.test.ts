import { expect, test } from 'vitest';
import { zoomAfter } from './pageZoom.ts';

test.each([
  [1, 1, 1.1],
  [1, -1, 0.9],
  [1.2500000001, 1, 1.5],
  [1.2499999999, -1, 1.1],
  [3, 1, 3],
  [0.5, -1, 0.5],
  [2.5, 0, 1],
] as const)('from %d by %d to %d', (from, step, to) => expect(zoomAfter(from, step)).toBe(to));
