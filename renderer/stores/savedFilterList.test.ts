import { expect, test } from 'vitest';
import { everything, toReview } from './queueFilter.ts';
import { readKeptFilters, writtenFilters, type SavedFilter } from './savedFilterList.ts';

const one: SavedFilter = { id: 'a', name: 'Mine', filter: toReview, sort: 'newest' };
const newer = { id: 'b', name: 7, clauses: ['from a newer version'] };

test('what is written is read again, and nothing kept is an empty list', () => {
  expect(readKeptFilters(writtenFilters({ saved: [one], others: [] }))).toEqual({ saved: [one], others: [] });
  expect(readKeptFilters(null)).toEqual({ saved: [], others: [] });
});

test('an entry of another version hides none of the others and outlives a change', () => {
  const kept = readKeptFilters([newer, one]);
  expect(kept.saved).toEqual([one]);
  const written = writtenFilters({ ...kept, saved: [...kept.saved, { ...one, id: 'c', filter: everything }] });
  expect(written).toContainEqual(newer);
  expect(readKeptFilters(written).saved.map(({ id }) => id)).toEqual(['a', 'c']);
});

test('any number is read: two people may each have saved the last one that was free', () => {
  const many = Array.from({ length: 101 }, (_, index) => ({ ...one, id: String(index) }));
  expect(readKeptFilters(many).saved).toHaveLength(101);
});

test('what is no list is refused: the next save would write over it', () => {
  expect(() => readKeptFilters({ version: 2, filters: [] })).toThrow('left as they are');
});
