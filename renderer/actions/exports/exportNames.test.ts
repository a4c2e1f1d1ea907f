import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportTargetSchema } from '../../../shared/contracts/rpc/exports.ts';
import { exportFormatIds } from '../../../shared/domain/formatIds.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { filterWords, proposedName } from './exportNames.ts';

const nameOf = (of: string, value: string): string => (of === 'productId' ? `The ${value}` : value);

test('a filter is said in a few words', () => {
  expect(filterWords({}, nameOf)).toEqual(['Approved']);
  expect(filterWords({ states: ['rejected', 'approved'], kind: 'keyframe', productId: asId('boot'), history: 'corrected', text: 'red' }, nameOf)).toEqual(['Approved or Rejected', 'keyframes', 'The boot', 'corrected by a person', '“red”']);
  expect(filterWords({ states: ['approved', 'to_review', 'rejected'], reviewer: 'Mara' }, nameOf)).toEqual(['Every mask', 'by Mara']);
});

test('a name is proposed from the set, its number and the format', () => {
  expect(proposedName('Shoes / autumn 2026!', 4, 'mask-png')).toBe('shoes-autumn-2026-4-mask-png');
  expect(proposedName('Größe 靴', 1, 'mask-png')).toBe('größe-靴-1-mask-png');
  expect(proposedName('///', 2, 'mask-png')).toBe('2-mask-png');
});

test('whatever a set is called, the proposed name is one that a target may have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...exportFormatIds), (setName, number, format) => {
      expect(exportTargetSchema.safeParse({ kind: 'folder', folderToken: 'any', name: proposedName(setName, number, format) }).success).toBe(true);
    }),
    { numRuns: 200 },
  );
});
