import { expect, test } from 'vitest';
import { writtenFolders } from './writtenFolders.ts';

test.each([
  ['data/masks/products/{name}.png', { key: 'data/masks/products', depth: 0 }],
  ['{name}.png', { key: '', depth: 0 }],
  ['masks/m-{name}.png', { key: 'masks', depth: 0 }],
  ['{name}/mask.png', { key: '', depth: 1 }],
  ['data/{name}/masks/mask.png', { key: 'data', depth: 2 }],
])('%s is written to %j', (pattern, folder) => {
  expect(writtenFolders([pattern])).toContainEqual(folder);
});

test('what Maskdesk keeps for itself and what it imports is written to in any case', () => {
  expect(writtenFolders([]).map(({ key }) => key)).toEqual(['data/maskdesk', 'data/images/products', 'data/images/frames']);
});
