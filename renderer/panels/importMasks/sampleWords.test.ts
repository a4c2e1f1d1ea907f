import { expect, test } from 'vitest';
import type { IncomingSample } from '../../../shared/contracts/rpc/maskImports.ts';
import { asId, type AssetId } from '../../../shared/domain/ids.ts';
import { nameOf, oddWords, presentWords, sizeWords } from './sampleWords.ts';

const sample: IncomingSample = {
  image: 3,
  file: 'shoe/back.jpg',
  place: 'a.json, images[3]',
  asset: { kind: 'product_image', id: asId<AssetId>('shoe_back') },
  isAdded: false,
  photoWidthPx: 640,
  photoHeightPx: 480,
  maskWidthPx: 640,
  maskHeightPx: 480,
  instances: 1,
  overlapPx: 0,
  isSame: false,
  isBeside: false,
};

test('a picture is told by name, size, what is odd, and how it is beside the present mask', () => {
  expect([nameOf(sample), sizeWords(sample), presentWords(sample, undefined)]).toEqual(['back.jpg', '640 × 480', '']);
  expect(oddWords(sample)).toEqual([]);
  const small = { ...sample, maskWidthPx: 320, instances: 2, overlapPx: 7, isBeside: true };
  expect(sizeWords(small)).toBe('320 × 480 on 640 × 480');
  expect(oddWords(small)).toEqual(['another size', '2 instances', 'overlapping', 'beside a person’s work']);
  const picture = { image: 3, pictureId: 'a', iou: 0.314, present: 'comparable' as const, trouble: null };
  expect(presentWords(sample, picture)).toBe('IoU 31 %');
  expect(presentWords(sample, { ...picture, iou: null, present: 'none' })).toBe('no mask yet');
  expect(presentWords(sample, { ...picture, iou: null, present: 'unreadable' })).toBe('the present mask can’t be read');
  expect(presentWords({ ...sample, isAdded: true }, picture)).toBe('new photo');
});
