import { expect, test } from 'vitest';
import { createStableKeys } from './stablePaths.ts';
import { asId } from '../../../shared/domain/ids.ts';

const keyframe = 'masks/frames/{name}.png';

test.each(['data/masks/{name}.png', '{name}.png', 'a b/ü/mask-{name}-1.png', 'data/images-masked/{name}.png'])('takes %j', (pattern) => {
  const keyOf = createStableKeys({ product_image: pattern, keyframe });
  expect(keyOf({ kind: 'product_image', id: asId('a/b') })).toBe(pattern.replace('{name}', 'a%2Fb'));
});

test.each([
  '../out/{name}.png',
  'data/../../out/{name}.png',
  './{name}.png',
  '/srv/masks/{name}.png',
  'data//{name}.png',
  'data\\masks\\{name}.png',
  'data/\0{name}.png',
  'C:/masks/{name}.png',
  'data/masks/{name}.jpg',
  'data/masks/all.png',
  '{name}/{name}.png',
  'data/images/{name}.png',
  'data/images/products/{name}.png',
  'data/maskdesk/masks/{name}.png',
  'Data/Maskdesk/{name}.png',
  keyframe,
  'Masks/Frames/{name}.png',
])('refuses %j', (pattern) => {
  expect(() => createStableKeys({ product_image: pattern, keyframe })).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
