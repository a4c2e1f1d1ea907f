import { expect, test } from 'vitest';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { newCauses } from './newCauses.ts';

test('a cause is told where it says more, once', () => {
  const cut = new Error('cut.json, line 1, column 616: it was cut off.');
  expect(newCauses(new ExpectedError('annotations_invalid', 'cut.json, line 1, column 616: it was cut off. Nothing was imported.', { cause: cut }))).toEqual([]);
  expect(newCauses(new ExpectedError('annotations_invalid', 'a.zip can’t be unpacked.', { cause: new Error('invalid stored block lengths') }))).toEqual(['invalid stored block lengths']);
  const system = Object.assign(new Error("ENOENT: no such file or directory, open '/nosuch'"), { code: 'ENOENT', path: '/nosuch' });
  expect(newCauses(new ExpectedError('file_unreadable', '/nosuch is not there.', { cause: system }))).toEqual([]);
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  expect(newCauses(new ExpectedError('store_unreachable', 'The database does not answer.', { cause: refused }))).toEqual(['connect ECONNREFUSED 127.0.0.1:5432']);
  const twice = new ExpectedError('store_corrupt', 'It is damaged', { cause: new Error('page 3 is broken', { cause: new Error('page 3 is broken.') }) });
  expect(newCauses(twice)).toEqual(['page 3 is broken']);
});
