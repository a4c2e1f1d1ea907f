import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId, type ProductId } from '../../shared/domain/ids.ts';
import { approvedOnly, changedFilter, dayBefore, dayOf, endOfDay, everyMask, sameSetFilter, startOfDay, statesOf, withStateToggled } from './setFilter.ts';

const productId = asId<ProductId>('B01');

test('a narrowing is set and taken away again', () => {
  const narrowed = changedFilter(approvedOnly, { productId, history: 'corrected' });
  expect(narrowed).toEqual({ states: ['approved'], productId, history: 'corrected' });
  expect(changedFilter(narrowed, { productId: null, history: null })).toEqual(approvedOnly);
});

test('states are toggled, and one is always left', () => {
  const two = withStateToggled(approvedOnly, 'rejected');
  expect(statesOf(two)).toEqual(['approved', 'rejected']);
  expect(withStateToggled(withStateToggled(two, 'rejected'), 'approved')).toEqual(approvedOnly);
  expect(statesOf({})).toEqual(['approved']);
  expect(statesOf(withStateToggled(everyMask, 'to_review'))).toEqual(['approved', 'rejected']);
});

test('two filters are the same whatever the order of what they name', () => {
  expect(sameSetFilter({ productId, states: ['rejected', 'approved'] }, { states: ['approved', 'rejected'], productId })).toBe(true);
  expect(sameSetFilter(approvedOnly, {})).toBe(true);
  expect(sameSetFilter(approvedOnly, { ...approvedOnly, text: 'boot' })).toBe(false);
});

test('a day runs from its midnight to the next one, on every day of the calendar', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(2001, 0, 1), max: new Date(2060, 0, 1), noInvalidDate: true }), (date) => {
      const day = dayOf(date.getTime());
      const [start, end] = [startOfDay(day) ?? NaN, endOfDay(day) ?? NaN];
      expect(start <= date.getTime() && date.getTime() < end).toBe(true);
      expect([dayOf(start), dayBefore(end)]).toEqual([day, day]);
    }),
    { numRuns: 200 },
  );
  expect(startOfDay('2026-02-30')).toBe(null);
  expect(startOfDay('')).toBe(null);
});
