import { expect, test } from 'vitest';
import type { ExportFormatInfo } from '../../../shared/contracts/rpc/exports.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { SetMeasure } from '../../../shared/domain/maskSet.ts';
import { useExportChoice, type ExportChoice } from '../../stores/exportChoice.ts';
import { whyNotExport } from './whyNotExport.ts';

const measure: SetMeasure = { masks: 3, empty: 0, withoutMask: 0, totalAreaPx: 9, productImages: 3, keyframes: 0, products: 1, videos: 0 };
const format: ExportFormatInfo = {
  id: 'mask-png',
  label: 'Mask PNGs',
  summary: '',
  limits: [],
  photos: 'optional',
  hasCategories: false,
  options: [{ kind: 'number', name: 'tolerance', label: 'Tolerance', note: '', min: 0, max: 5, step: 0.1, unit: 'px', initial: 1 }],
  readBack: 'mask-png',
};
const initial = useExportChoice.getInitialState();
const why = (change: Partial<ExportChoice>, counted: SetMeasure | null = measure, name = 'approved-1'): string | null => whyNotExport({ ...initial, ...change }, format, counted, name);

test('what the dialog begins with can be exported', () => expect(why({})).toBe(null));

test.each<readonly [string, Partial<ExportChoice>, RegExp]>([
  ['no name', { setName: ' ' }, /set needs a name/],
  ['a long name', { setName: 'x'.repeat(101) }, /101 characters.*100/],
  ['a name that reads as a snapshot', { setName: 'a@b' }, /@/],
  ['no category', { categoryName: '' }, /category needs a name/],
  ['shares', { split: { isOn: true, train: 80, val: 10, test: 20, seed: 1 } }, /110 %/],
  ['an option', { options: { 'mask-png': { tolerance: 9 } } }, /tolerance/],
  ['a bucket', { targetKind: 's3', bucketUrl: 'bucket' }, /s3:\/\//],
])('%s: said before anything begins', (_, change, words) => expect(why(change)).toMatch(words));

test('a target’s name is one step of a path', () => {
  for (const name of ['', '..', 'a/b', 'a\\b', 'a:b']) expect(why({}, measure, name)).toMatch(/name/);
  expect(why({ targetKind: 'zip' }, measure, 'Größe 1 (final)')).toBe(null);
});

test('nothing to export, or not counted yet; what is frozen needs no count', () => {
  expect(why({}, { ...measure, masks: 0 })).toMatch(/no mask/);
  expect(why({}, null)).toMatch(/counted/);
  expect(why({ snapshotId: asId('s'), setName: '' }, null)).toBe(null);
});
