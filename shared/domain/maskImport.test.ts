import { expect, test } from 'vitest';
import { standingWords, type ImportStanding } from './maskImport.ts';

test('what became of masks whose photos went with them is said, too', () => {
  const none: ImportStanding = { toReview: 0, approved: 0, rejected: 0, waiting: 0, left: 0, replaced: 0 };
  expect(standingWords(none)).toBe('gone with the photos that came along');
  expect(standingWords({ ...none, toReview: 2, replaced: 1 })).toBe('2 to review, 1 not current any more');
});
