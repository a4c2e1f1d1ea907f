import { expect, it } from 'vitest';
import { emptyBitmap, sameBitmap } from '../mask/bitmap.ts';
import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import { placeMask } from './placeMask.ts';

const block = (widthPx: number, heightPx: number, x0: number, y0: number, x1: number, y1: number) => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (let y = y0; y < y1; y++) mask.data.fill(255, y * widthPx + x0, y * widthPx + x1);
  return mask;
};
const none = { photo: () => Promise.reject(new Error('no photo is needed')) };

it('moves and scales by whole pixels exactly, into a picture of another size, and joins', async () => {
  const source = tilesOfBitmap(block(300, 200, 20, 30, 120, 90));
  const base = tilesOfBitmap(emptyBitmap(280, 300));
  const place = async (scale: number, dxImagePx: number, dyImagePx: number) => (await placeMask.run({ base, source, placement: { scale, dxImagePx, dyImagePx }, join: 'replace' }, none)).mask;
  expect(sameBitmap(bitmapOfTiles(await place(1, 7, -10)), block(280, 300, 27, 20, 127, 80))).toBe(true);
  expect(sameBitmap(bitmapOfTiles(await place(2, 0, 0)), block(280, 300, 40, 60, 240, 180))).toBe(true);
  expect(sameBitmap(bitmapOfTiles(await place(0.5, 5, 5)), block(280, 300, 15, 20, 65, 50))).toBe(true);
  // Partly, and wholly, beside the picture.
  expect(sameBitmap(bitmapOfTiles(await place(1, 220, 0)), block(280, 300, 240, 30, 280, 90))).toBe(true);
  expect(sameBitmap(bitmapOfTiles(await place(1, 900, 0)), emptyBitmap(280, 300))).toBe(true);
  const there = tilesOfBitmap(block(280, 300, 0, 0, 50, 300));
  const added = await placeMask.run({ base: there, source, placement: { scale: 1, dxImagePx: 0, dyImagePx: 0 }, join: 'add' }, none);
  expect(added.change).toEqual({ beforePx: 15000, afterPx: 15000 + 70 * 60, addedPx: 70 * 60, removedPx: 0 });
});
