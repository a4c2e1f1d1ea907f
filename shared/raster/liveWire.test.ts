import { expect, it } from 'vitest';
import { traceWire } from '../picture/liveWire.ts';
import type { RgbaImage } from '../picture/rgbaImage.ts';
import { liveWire } from './liveWire.ts';

const image: RgbaImage = { widthPx: 60, heightPx: 40, data: new Uint8ClampedArray(60 * 40 * 4).fill(90) };

it('begins at the edge of the picture for a place beside it, however far', async () => {
  for (const [x, y, startX, startY] of [[-900, 20, 0.5, 20.5], [1200, 1200, 59.5, 39.5], [10, -1, 10.5, 0.5]] as const) {
    const map = await liveWire.run({ xImagePx: x, yImagePx: y, stepPx: 1, reachCells: 100, contrast: 0.1 }, { photo: () => Promise.resolve(image) });
    expect([...traceWire(map, 30, 20).subarray(0, 2)]).toEqual([startX, startY]);
  }
});
