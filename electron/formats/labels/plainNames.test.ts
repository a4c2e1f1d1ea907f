import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainNames, renamedLoss } from './plainNames.ts';

const category = (name: string, index: number) => ({ number: index + 1, name });

test('names are told apart, on one line, without what separates fields; those that fit stay', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('background', 'a:b', '#5 boot', 'p\nq', 'p q', ' lead ', 'lead', 'mug')), { maxLength: 12 }), (given) => {
      const names = plainNames(given.map(category), ['background']);
      const all = [...names.values()];
      expect(new Set(['background', ...all]).size).toBe(all.length + 1);
      for (const name of all) expect(name).toMatch(/^[^\s:#](?:[^:#\n\r]*[^\s:#])?$/);
    }),
  );
  const names = plainNames(['mug', 'amazon:B01', 'p q', 'p\tq'].map(category), ['background']);
  expect([...names.values()]).toEqual(['mug', 'amazon_B01', 'p q', 'p_q']);
  expect(renamedLoss(category('mug', 0), names)).toEqual([]);
  expect(renamedLoss(category('amazon:B01', 1), names)).toEqual(['Its category “amazon:B01” is called “amazon_B01”.']);
});
