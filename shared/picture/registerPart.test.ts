import { expect, it } from 'vitest';
import { reducedGrey } from './reducedGrey.ts';
import { registerPart } from './registerPart.ts';
import type { RgbaImage } from './rgbaImage.ts';

/** A thing with an outline and a pattern on a ground with some of its own; at (x, y) in its own size. */
const thing = (x: number, y: number): number | null => {
  const [u, v] = [(x - 150) / 90, (y - 130) / 60];
  if (u * u + v * v > 1 + 0.15 * Math.sin(5 * Math.atan2(v, u))) return null;
  return 120 + 60 * Math.sign(Math.sin(x / 11) * Math.cos(y / 9)) + (x > 170 ? 40 : 0);
};
const picture = (widthPx: number, heightPx: number, scale: number, dx: number, dy: number, seed: number): RgbaImage => {
  const data = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at += 4) {
      const value = thing((x - dx) / scale, (y - dy) / scale) ?? 70 + 25 * Math.sin((x + seed) / 23) * Math.cos((y - 2 * seed) / 31);
      data.set([value, value, value, 255], at);
    }
  }
  return { widthPx, heightPx, data };
};

it('finds a thing again that has moved and has another size, on another ground and in another format', () => {
  const source = reducedGrey(picture(400, 300, 1, 0, 0, 0), 256);
  const part = { xPx: 50, yPx: 60, widthPx: 200, heightPx: 140 };
  for (const [widthPx, heightPx, scale, dx, dy] of [
    [400, 300, 1, 37, -22],
    [400, 300, 0.8, 60, 50],
    [620, 500, 1.3, 90, 70],
  ] as const) {
    const found = registerPart(source, reducedGrey(picture(widthPx, heightPx, scale, dx, dy, 40), 256), part);
    // Where the middle of the thing comes to lie.
    expect(Math.abs(found.scale / scale - 1)).toBeLessThan(0.06);
    expect(Math.abs(150 * found.scale + found.dxImagePx - (150 * scale + dx))).toBeLessThan(6);
    expect(Math.abs(130 * found.scale + found.dyImagePx - (130 * scale + dy))).toBeLessThan(6);
    expect(found.score).toBeGreaterThan(0.4);
  }
});
