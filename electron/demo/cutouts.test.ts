import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import { apply, invert, placement } from './affine.ts';
import { blur } from './boxBlur.ts';
import { opaqueLayer } from './layer.ts';
import { fillPolygon } from './polygon.ts';
import { warp } from './warp.ts';
import { keyFromWhite } from './whiteKey.ts';

describe('polygons', () => {
  test('coverage adds up to the area, wherever the corners lie', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 2, max: 28, noNaN: true }), fc.double({ min: 2, max: 28, noNaN: true })), { minLength: 3, maxLength: 3 }), (corners) => {
        const coverage = new Float32Array(30 * 30);
        fillPolygon(coverage, 30, 30, corners.flat());
        const [[x1, y1], [x2, y2], [x3, y3]] = corners as [[number, number], [number, number], [number, number]];
        const area = Math.abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2;
        const filled = coverage.reduce((sum, value) => sum + value, 0);
        expect(Math.abs(filled - area)).toBeLessThan(1.5 + area * 0.02);
        expect(coverage.every((value) => value >= 0 && value <= 1)).toBe(true);
      }),
    );
  });
});

describe('keying from white', () => {
  /** A dark ring on white: white outside, white in its hole. The edge pixels are an even mix. */
  const ring = (): RgbImage => {
    const [widthPx, heightPx] = [40, 40];
    const data = new Uint8Array(widthPx * heightPx * 3);
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const distance = Math.max(Math.abs(x - 20), Math.abs(y - 20));
        const value = distance > 15 || distance < 6 ? 255 : distance === 15 ? 142 : 30;
        data.fill(value, (y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3);
      }
    }
    return { widthPx, heightPx, data };
  };
  const alphaAt = (layer: { widthPx: number; data: Float32Array }, x: number, y: number): number => layer.data[(y * layer.widthPx + x) * 4 + 3] as number;

  test('white inside the thing stays, unless it is said to be a hole', () => {
    expect(alphaAt(keyFromWhite(ring(), { tolerance: 18 }), 20, 20)).toBe(1);
    const open = keyFromWhite(ring(), { tolerance: 18, holes: [20, 20] });
    expect(alphaAt(open, 20, 20)).toBe(0);
    expect(alphaAt(open, 20, 10)).toBe(1);
    expect(alphaAt(open, 1, 1)).toBe(0);
  });

  test('a mixed edge pixel is half covered, and its colour has no white in it', () => {
    const layer = keyFromWhite(ring(), { tolerance: 18 });
    const at = (20 * 40 + 5) * 4;
    expect(layer.data[at + 3]).toBeCloseTo(0.5, 1);
    expect((layer.data[at] as number) / (layer.data[at + 3] as number)).toBeCloseTo(30, -1);
  });
});

describe('maps', () => {
  const maps = fc.record({
    centrePx: fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })),
    scale: fc.double({ min: 0.2, max: 5, noNaN: true }),
    turnDeg: fc.integer({ min: -180, max: 180 }),
    mirrored: fc.boolean(),
  });

  test('a layer comes back through the inverse, and its middle is where it was put', () => {
    fc.assert(
      fc.property(maps, fc.nat(100), fc.nat(100), (to, x, y) => {
        const map = placement({ widthPx: 30, heightPx: 20 }, to);
        const back = apply(invert(map), ...apply(map, x, y));
        expect(back[0]).toBeCloseTo(x, 6);
        expect(back[1]).toBeCloseTo(y, 6);
        const middle = apply(map, 15, 10);
        expect(middle[0]).toBeCloseTo(to.centrePx[0], 6);
        expect(middle[1]).toBeCloseTo(to.centrePx[1], 6);
      }),
    );
  });

  test('drawing a layer on itself changes nothing inside; blur and motion keep the sum of its coverage', () => {
    const picture = { widthPx: 12, heightPx: 9, data: Uint8Array.from({ length: 12 * 9 * 3 }, (_, index) => (index * 37) % 256) };
    const layer = opaqueLayer(picture);
    const same = warp(layer, placement(layer, { centrePx: [6, 4.5], scale: 1.5, turnDeg: 0, mirrored: false }), [0, 0], { widthPx: 12, heightPx: 9 });
    expect([same.left, same.top, same.widthPx, same.heightPx]).toEqual([0, 0, 12, 9]);
    const moved = warp(layer, placement(layer, { centrePx: [50, 50], scale: 2, turnDeg: 30, mirrored: true }), [9, 4], { widthPx: 100, heightPx: 100 });
    const coverage = moved.data.reduce((sum, value, index) => (index % 4 === 3 ? sum + value : sum), 0);
    expect(coverage).toBeGreaterThan(12 * 9 * 4 * 0.98);
    expect(coverage).toBeLessThan(12 * 9 * 4 * 1.02);

    const channel = new Float32Array(50 * 50);
    channel[25 * 50 + 25] = 1;
    blur(channel, 50, 50, 6);
    expect(channel.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    expect(channel[25 * 50 + 25] as number).toBeLessThan(0.05);
  });
});
