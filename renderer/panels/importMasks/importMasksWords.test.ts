import { expect, test } from 'vitest';
import { afterProgress, newMaskImport } from '../../stores/maskImport.ts';
import { headline, progressWords, stopWords } from './importMasksWords.ts';

const start = newMaskImport({ folderToken: 'a', name: 'coco' }, () => undefined, 0);

test('progress says phase, count, rate and time left; a new phase is measured by itself', () => {
  expect(progressWords(start)).toBe('Finding out what it is');
  const first = afterProgress(start, { phase: 'reading', done: 0, total: 400 }, 1_000);
  expect(progressWords(first)).toBe('Reading every mask · 0 of 400');
  const later = afterProgress(first, { phase: 'reading', done: 100, total: 400 }, 3_000);
  expect(progressWords(later)).toBe('Reading every mask · 100 of 400 · 50 a second · 6 s left');
  expect(progressWords(afterProgress(later, { phase: 'matching', done: 0, total: 400 }, 3_100))).toBe('Looking for the photos · 0 of 400');
});

test('everything that has to be said first is named, in a sentence', () => {
  const stop = (decision: 'unknown' | 'unclear' | 'otherSize') => ({ decision, sentence: '' });
  expect(stopWords([stop('unknown')])).toBe('Say what is to become of images that are not in this store.');
  expect(stopWords([stop('otherSize'), stop('unclear'), stop('unknown')])).toBe('Say what is to become of images that are not in this store, images whose photo is not clear and masks of another size.');
  expect(stopWords([{ decision: 'addAs', sentence: 'This must be said.' }])).toBe('This must be said.');
});

test('an import that was taken back is not said to have come in', () => {
  const result = { importId: null, imported: 2, becameHead: 2, added: 0, same: 0, skipped: [] };
  expect(headline({ ...start, state: 'finished', result })).toBe('2 masks of “coco” came in');
  expect(headline({ ...start, state: 'finished', result, undone: { restored: 2, withdrawn: 0, covered: 0, kept: 0, photosRemoved: 0, photosKept: [] } })).toBe('The import of “coco” is taken back');
});
