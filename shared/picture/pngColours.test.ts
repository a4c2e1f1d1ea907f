import { expect, test } from 'vitest';
import { hasMaskColours, pngHasAlpha } from './pngColours.ts';

const headOf = (colourType: number): Uint8Array => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, colourType);

test('greys and palettes are a mask’s colours, with and without alpha; what is no PNG has neither', () => {
  expect([0, 2, 3, 4, 6].map((type) => [hasMaskColours(headOf(type)), pngHasAlpha(headOf(type))])).toEqual([[true, false], [false, false], [true, false], [true, true], [false, true]]);
  for (const head of [headOf(4).subarray(0, 25), headOf(4).with(1, 0x51), new Uint8Array(26)]) expect([hasMaskColours(head), pngHasAlpha(head)]).toEqual([false, false]);
});
