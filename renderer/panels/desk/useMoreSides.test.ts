import { expect, test } from 'vitest';
import { moreSides } from './useMoreSides.ts';

test.each([
  [0, 300, 300, 'none'],
  [0, 300, 400, 'right'],
  [50, 300, 400, 'both'],
  [100, 300, 400, 'left'],
  // Fractions at either end are no pictures.
  [0.6, 300, 300.9, 'none'],
] as const)('scrolled %d px, %d of %d px shown: %s', (leftPx, shownPx, wholePx, sides) => expect(moreSides({ leftPx, shownPx, wholePx })).toBe(sides));
