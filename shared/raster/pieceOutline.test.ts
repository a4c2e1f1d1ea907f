import { expect, it } from 'vitest';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import { runsAreaPx } from '../mask/rowRuns.ts';
import { outerRingAt } from '../mask/traceRing.ts';
import { pieceOutline } from './pieceOutline.ts';

const [widthPx, heightPx] = [530, 300];
/** A ragged disc over the borders of tiles and of the image, with a hole. */
const inside = (x: number, y: number): boolean => {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return false;
  const distance = Math.hypot(x - 400, y - 150);
  return distance < 160 + 6 * Math.sin(x * 0.9) && distance > 30;
};

it('is the border that is followed through the whole mask at once, across tiles', async () => {
  const data = Uint8Array.from({ length: widthPx * heightPx }, (_, at) => (inside(at % widthPx, Math.floor(at / widthPx)) ? 255 : 0));
  const found = await pieceOutline.run({ mask: tilesOfBitmap({ widthPx, heightPx, data }), xPx: 350, yPx: 150, tolerancePx: 1.5 }, { photo: () => Promise.reject(new Error('no photo is needed')) });
  expect(found?.ring).toEqual(outerRingAt(inside, 350, 150));
  expect(found?.simplified.length).toBeLessThan((found?.ring.length ?? 0) / 2);
  // The hole is enclosed.
  expect(runsAreaPx(found?.region ?? { top: 0, offsets: new Int32Array(1), runs: new Int32Array(0) })).toBeGreaterThan(data.filter((value) => value === 255).length);
});

it('is not there where there is no mask', async () => {
  const mask = tilesOfBitmap({ widthPx: 4, heightPx: 4, data: new Uint8Array(16) });
  expect(await pieceOutline.run({ mask, xPx: 1, yPx: 1, tolerancePx: 1 }, { photo: () => Promise.reject(new Error('no photo is needed')) })).toBeNull();
});
