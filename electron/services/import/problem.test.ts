import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { problemOf } from './problem.ts';

test('an expected error is told in its own words', () => {
  expect(problemOf('a.jpg', new ExpectedError('image_unreadable', 'It is cut.'))).toEqual({ file: 'a.jpg', code: 'image_unreadable', reason: 'It is cut.' });
});

test('whatever the system says of a file is a problem of that file', async () => {
  const error: unknown = await readFile(`${import.meta.dirname}/\u{1F9E6}`.repeat(2000)).catch((caught: unknown) => caught);
  expect(problemOf('a.jpg', error)).toMatchObject({ file: 'a.jpg', code: 'file_unreadable', reason: expect.stringMatching(/\.$/) as string });
});

test('a mistake of ours is passed on', () => {
  expect(() => problemOf('a.jpg', new TypeError('x is not a function'))).toThrow(TypeError);
});
