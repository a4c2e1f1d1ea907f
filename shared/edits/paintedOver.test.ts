import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bitmapOfTiles } from './bitmapOfTiles.ts';
import { paintedOver } from './paintedOver.ts';
import { tilesOfBitmap } from './tilesOfBitmap.ts';

const [widthPx, heightPx] = [300, 40];
const masks = fc.uint8Array({ minLength: 60, maxLength: 60 }).map((seeds) => {
  const data = new Uint8Array(widthPx * heightPx);
  for (const [at, seed] of seeds.entries()) data.fill(seed & 1 ? 255 : 0, at * 200, (at + 1) * 200);
  return { widthPx, heightPx, data };
});

it('is the paint where somebody painted, and the result everywhere else', () => {
  fc.assert(
    fc.property(masks, masks, masks, (given, before, now) => {
      const { data } = bitmapOfTiles(paintedOver(tilesOfBitmap(given), tilesOfBitmap(before), tilesOfBitmap(now)));
      expect(data.every((value, at) => value === (before.data[at] === now.data[at] ? given.data[at] : now.data[at]))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('does not touch tiles that nobody painted on', () => {
  const [given, before] = [255, 0].map((value) => tilesOfBitmap({ widthPx, heightPx, data: new Uint8Array(widthPx * heightPx).fill(value) }));
  if (given === undefined || before === undefined) throw new Error('two masks');
  const painted = new Uint8Array(widthPx * heightPx);
  painted[299] = 255;
  const over = paintedOver(given, before, tilesOfBitmap({ widthPx, heightPx, data: painted }));
  expect(over.tiles[0]).toBe(given.tiles[0]);
});
