import { expect, test } from 'vitest';
import { standingWords, type ImportStanding } from './maskImport.ts';

test('what became of masks is said, those that were taken back last', () => {
  const none: ImportStanding = { toReview: 0, approved: 0, rejected: 0, waiting: 0, left: 0, replaced: 0, takenBack: 0 };
  expect(standingWords({ ...none, takenBack: 9 })).toBe('all taken back');
  expect(standingWords({ ...none, approved: 1, takenBack: 8 })).toBe('1 approved, 8 taken back');
  expect(standingWords({ ...none, toReview: 2, replaced: 1 })).toBe('2 to review, 1 not current any more');
});
