import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simplifyLine } from '../mask/simplifyLine.ts';
import { edgeMap, type EdgeMap } from './edgeMap.ts';
import { noWay, snapToEdge, traceWire, wireMap } from './liveWire.ts';
import { refineWire } from './refineWire.ts';
import type { RgbaImage } from './rgbaImage.ts';

const [centreX, centreY, radiusPx] = [150.3, 149.6, 90.4];

/** A disc on a ground, with noise: each channel is off by up to this many levels. */
const disc = (noise: number, inside = [200, 120, 90], outside = [110, 100, 120]): RgbaImage => {
  const data = new Uint8ClampedArray(300 * 300 * 4);
  let state = 7;
  const random = (): number => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  for (let at = 0; at < data.length; at += 4) {
    const x = (at / 4) % 300;
    const y = Math.floor(at / 4 / 300);
    // Coverage of the pixel, as a lens would give it.
    const share = Math.min(1, Math.max(0, radiusPx - Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) + 0.5));
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] = (inside[channel] as number) * share + (outside[channel] as number) * (1 - share) + (random() * 2 - 1) * noise;
    }
    data[at + 3] = 255;
  }
  return { widthPx: 300, heightPx: 300, data };
};
const whole = { xPx: 0, yPx: 0, widthPx: 300, heightPx: 300 };
const onEdge = (turn: number): readonly [number, number] => [centreX + radiusPx * Math.cos(turn), centreY + radiusPx * Math.sin(turn)];
const fromEdge = (wire: Float64Array): number => {
  let most = 0;
  for (let at = 0; at < wire.length; at += 2) most = Math.max(most, Math.abs(Math.hypot((wire[at] as number) - centreX, (wire[at + 1] as number) - centreY) - radiusPx));
  return most;
};

describe('the live wire', () => {
  it.each([0, 15, 30])('stays within 1.5 px of the edge of a disc, with noise of %d levels', (noise) => {
    const edges = edgeMap(disc(noise), whole, 1, 0.1);
    for (let turn = 0; turn < 6; turn += 1.5) {
      const seed = snapToEdge(edges, ...onEdge(turn), 4);
      const map = wireMap(edges, ...seed);
      for (const further of [0.4, 0.9, 1.6]) {
        const wire = traceWire(map, ...snapToEdge(edges, ...onEdge(turn + further), 4));
        expect(fromEdge(wire)).toBeLessThan(1.5);
        expect(wire.length / 2).toBeGreaterThan(radiusPx * further * 0.7);
      }
    }
  });

  it('stays within one and a half cells where the picture is shown small', () => {
    const edges = edgeMap(disc(15), whole, 3, 0.1);
    const map = wireMap(edges, ...snapToEdge(edges, ...onEdge(0), 9));
    expect(fromEdge(traceWire(map, ...snapToEdge(edges, ...onEdge(1.4), 9)))).toBeLessThan(4.5);
  });

  it('is found again on pixels, within 1.5 px of the edge, when it was found on cells', () => {
    for (const stepPx of [3, 6]) {
      const image = disc(15);
      const edges = edgeMap(image, whole, stepPx, 0.1);
      const map = wireMap(edges, ...snapToEdge(edges, ...onEdge(0.2), 3 * stepPx));
      const coarse = simplifyLine(traceWire(map, ...snapToEdge(edges, ...onEdge(2.6), 3 * stepPx)), 0.75 * stepPx);
      const fine = refineWire(image, coarse, stepPx, 0.1);
      expect(fromEdge(coarse)).toBeGreaterThan(1.5);
      expect(fromEdge(fine)).toBeLessThan(1.5);
      // From where it began to where it ended.
      expect(Math.hypot((fine[0] as number) - (coarse[0] as number), (fine[1] as number) - (coarse[1] as number))).toBeLessThanOrEqual(2 * stepPx);
      expect(Math.hypot((fine.at(-2) as number) - (coarse.at(-2) as number), (fine.at(-1) as number) - (coarse.at(-1) as number))).toBeLessThanOrEqual(2 * stepPx);
    }
  });

  it('is straight where there is no edge', () => {
    const plain: RgbaImage = { widthPx: 100, heightPx: 80, data: new Uint8ClampedArray(100 * 80 * 4).fill(130) };
    const edges = edgeMap(plain, { xPx: 0, yPx: 0, widthPx: 100, heightPx: 80 }, 1);
    expect(edges.strengths.every((strength) => strength === 0)).toBe(true);
    const wire = traceWire(wireMap(edges, 10, 20), 60, 20);
    expect([...wire]).toEqual(Array.from({ length: 51 }, (_, index) => [10.5 + index, 20.5]).flat());
  });

  it('snaps to the strongest edge in reach, and stays where there is none', () => {
    const edges = edgeMap(disc(0), whole, 1, 0.1);
    const [x, y] = onEdge(1);
    const [snappedX, snappedY] = snapToEdge(edges, x + 5, y + 5, 10);
    expect(Math.abs(Math.hypot(snappedX - centreX, snappedY - centreY) - radiusPx)).toBeLessThan(1);
    expect(snapToEdge(edges, 150, 150, 10)).toEqual([150, 150]);
  });

  it('leads from every cell to the seed, by the cheapest way', () => {
    const maps = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([columns, rows]) =>
      fc.uint8Array({ minLength: columns * rows, maxLength: columns * rows }).map((strengths): EdgeMap => ({ xPx: 0, yPx: 0, stepPx: 1, columns, rows, strengths })),
    );
    fc.assert(
      fc.property(maps, fc.nat(8), fc.nat(8), (edges, seedX, seedY) => {
        const map = wireMap(edges, seedX, seedY);
        const { columns, rows, strengths } = edges;
        const step = (cell: number, isDiagonal: boolean): number => Math.round((2 + 60 * (1 - (strengths[cell] as number) / 255) ** 2) * (isDiagonal ? Math.SQRT2 : 1));
        // Bellman and Ford: over all neighbours until nothing gets cheaper.
        const least = new Float64Array(columns * rows).fill(Infinity);
        least[map.seed] = 0;
        for (let changed = true; changed; ) {
          changed = false;
          for (let from = 0; from < least.length; from++) {
            for (let to = 0; to < least.length; to++) {
              const [dx, dy] = [Math.abs((from % columns) - (to % columns)), Math.abs(Math.floor(from / columns) - Math.floor(to / columns))];
              if (Math.max(dx, dy) !== 1) continue;
              const cost = (least[from] as number) + step(to, dx + dy === 2);
              if (cost < (least[to] as number)) [least[to], changed] = [cost, true];
            }
          }
        }
        for (let cell = 0; cell < least.length; cell++) {
          const wire = traceWire(map, (cell % columns) + 0.5, Math.floor(cell / columns) + 0.5);
          let cost = 0;
          for (let at = 2; at < wire.length; at += 2) {
            const [dx, dy] = [Math.abs((wire[at] as number) - (wire[at - 2] as number)), Math.abs((wire[at + 1] as number) - (wire[at - 1] as number))];
            expect(Math.max(dx, dy)).toBe(1);
            cost += step(Math.floor(wire[at + 1] as number) * columns + Math.floor(wire[at] as number), dx + dy === 2);
          }
          expect(cost).toBe(least[cell]);
        }
        expect(map.ways.filter((way) => way === noWay)).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});
