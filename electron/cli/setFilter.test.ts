import { expect, test } from 'vitest';
import { filterRecord, filterText, setFilterFrom } from './setFilter.ts';

test('options become a filter, and back', () => {
  const options = { state: 'approved,rejected', kind: 'keyframes', job: 'j', video: 'v', model: 'm', reviewer: 'Ana', from: '2026-11-01', to: '2026-11-02T12:00:00Z', history: 'corrected', text: 'boot' };
  const filter = setFilterFrom(options);
  expect(filter).toEqual({
    states: ['approved', 'rejected'],
    kind: 'keyframe',
    jobId: 'j',
    videoId: 'v',
    modelId: 'm',
    reviewer: 'Ana',
    decidedFromMs: Date.UTC(2026, 10, 1),
    decidedBeforeMs: Date.UTC(2026, 10, 2, 12),
    history: 'corrected',
    text: 'boot',
  });
  expect(filterRecord(filter)).toMatchObject({ state: ['approved', 'rejected'], from: '2026-11-01T00:00:00.000Z', job: 'j' });
  expect(filterText({ states: ['approved'], productId: 'p' as never })).toBe('state approved · product p');
  expect(setFilterFrom({})).toEqual({});
});

test('what can not be meant is refused: an unset variable in a script never widens a set', () => {
  for (const options of [{ product: '' }, { state: 'nope' }, { state: 'approved,' }, { kind: 'shoes' }, { history: 'often' }, { reason: 'ugly' }, { from: 'yesterday' }, { from: '2026-02-01', to: '2026-02-01' }]) {
    expect(() => setFilterFrom(options), JSON.stringify(options)).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
  }
});
