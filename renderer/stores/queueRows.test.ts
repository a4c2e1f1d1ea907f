import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asset } from '../../shared/domain/asset.ts';
import { asId, type AssetId } from '../../shared/domain/ids.ts';
import { createQueueRows, type QueueRows } from './queueRows.ts';

const pageSize = 5;
const asset = (place: number): Asset => ({
  kind: 'keyframe',
  id: asId<AssetId>(`a${place}`),
  state: 'to_review',
  title: null,
  productId: null,
  videoId: null,
  timestampS: null,
  jobIds: [],
  localPath: '',
  maskedLocalPath: null,
  widthPx: null,
  heightPx: null,
  headRevisionId: null,
  headModelId: null,
  headAreaShare: null,
  suspicion: null,
  topCheck: null,
  checkValue: null,
  reason: null,
  reviewer: null,
  hasDraft: false,
  draftsBy: [],
  openComments: 0,
  updatedAtMs: 0,
});

const pageOf = (page: number, total: number): readonly Asset[] =>
  Array.from({ length: Math.max(0, Math.min(pageSize, total - page * pageSize)) }, (_, index) => asset(page * pageSize + index));

const filled = (total: number, mostPages = 100): QueueRows => {
  const rows = createQueueRows({ pageSize, mostPages });
  rows.replace(total, new Map());
  for (let page = 0; page * pageSize < total; page++) rows.put(page, pageOf(page, total));
  return rows;
};

const listed = (rows: QueueRows): readonly string[] => Array.from({ length: rows.total() }, (_, row) => rows.at(row)?.id ?? '?');

describe('rows of the queue', () => {
  test('an item is in one row alone, also where pages were read at different moments or it is held beside its place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.array(fc.nat(12), { minLength: pageSize, maxLength: pageSize }).map((places) => [...new Set(places)])), { minLength: 1, maxLength: 8 }),
        fc.option(fc.tuple(fc.nat(12), fc.nat(15), fc.option(fc.nat(15))), { nil: null }),
        (reads, hold) => {
          const rows = createQueueRows({ pageSize, mostPages: 100 });
          rows.replace(20, new Map());
          for (const [page, places] of reads) rows.put(page, places.map(asset));
          if (hold !== null) rows.hold(asset(hold[0]), hold[2], { row: hold[1] });
          const shown = Array.from({ length: rows.total() }, (_, row) => rows.at(row)?.id).filter((id) => id !== undefined);
          expect(new Set(shown).size).toBe(shown.length);
        },
      ),
    );
  });

  test('a row and its item name each other, also where the place of the held item was asked for before the pages were read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.nat(20), fc.option(fc.nat(16)), fc.nat(16), (total, held, place, row) => {
        const rows = filled(total);
        rows.hold(asset(held), place, { row });
        const shown = listed(rows);
        for (const other of Array.from({ length: total }, (_, index) => asset(index))) expect(shown).toContain(other.id);
        shown.forEach((_id, at) => {
          const found = rows.at(at);
          if (found !== null) expect(rows.rowOf(found)).toBe(at);
        });
      }),
    );
  });

  test('pages that are not read are named, and the longest unseen go first', () => {
    const rows = createQueueRows({ pageSize, mostPages: 2 });
    rows.replace(22, new Map());
    expect(rows.missing(0, 21)).toEqual([0, 1, 2, 3, 4]);
    rows.put(0, pageOf(0, 22));
    rows.put(1, pageOf(1, 22));
    rows.touch(0, 3);
    rows.put(2, pageOf(2, 22));
    expect(rows.missing(0, 21)).toEqual([1, 3, 4]);
    expect(rows.at(3)?.id).toBe('a3');
    expect(rows.at(7)).toBeNull();
    expect(rows.rowOf(asset(7))).toBe(-1);
  });

  test('a list that became shorter ends where its last page ends', () => {
    const rows = createQueueRows({ pageSize, mostPages: 9 });
    rows.replace(30, new Map());
    rows.put(1, pageOf(1, 8));
    expect(rows.total()).toBe(8);
  });

  test('whatever is taken out, the rest keeps its order and every item its row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), fc.array(fc.integer({ min: 0, max: 22 }), { maxLength: 8 }), (total, gone) => {
        const rows = filled(total);
        for (const place of gone) if (place < total) rows.drop(asset(place));
        const expected = pageOf(0, 0).concat(Array.from({ length: total }, (_, place) => asset(place))).filter((_, place) => !gone.includes(place));
        expect(listed(rows)).toEqual(expected.map(({ id }) => id));
        expected.forEach((one, row) => expect(rows.rowOf(one)).toBe(row));
        for (const place of gone) rows.restore(asset(place));
        expect(rows.total()).toBe(total);
      }),
    );
  });

  test('the item that is held stands where it is held, once, and the others keep their order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 23 }),
        fc.integer({ min: 0, max: 22 }),
        fc.integer({ min: 0, max: 22 }),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 22 }), { maxLength: 4 }),
        (total, from, above, isListed, gone) => {
          const rows = filled(total);
          const place = from % total;
          const abovePlace = above % total;
          const held = isListed ? asset(place) : { ...asset(99) };
          const out = gone.filter((other) => other < total && other !== place && other !== abovePlace);
          for (const other of out) rows.drop(asset(other));
          rows.hold(held, isListed ? place : null, { abovePlace });
          const shown = listed(rows);
          expect(shown.filter((id) => id === held.id)).toHaveLength(1);
          expect(rows.rowOf(held)).toBe(shown.indexOf(held.id));
          if (!isListed || place !== abovePlace) expect(shown[shown.indexOf(held.id) + 1]).toBe(`a${abovePlace}`);
          const others = shown.filter((id) => id !== held.id);
          const expected = Array.from({ length: total }, (_, other) => other).filter((other) => !out.includes(other) && !(isListed && other === place));
          expect(others).toEqual(expected.map((other) => `a${other}`));
          rows.release();
          for (const other of out) rows.restore(asset(other));
          expect(listed(rows)).toEqual(Array.from({ length: total }, (_, other) => `a${other}`));
        },
      ),
    );
  });

  test('newer facts are shown where the item is listed or held', () => {
    const rows = filled(8);
    rows.patch({ ...asset(3), state: 'approved' });
    expect(rows.at(3)?.state).toBe('approved');
    rows.hold(asset(3), null, { row: 0 });
    rows.patch({ ...asset(3), state: 'rejected' });
    expect(rows.at(0)?.state).toBe('rejected');
  });
});
