import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labPatch } from './labPatch.ts';
import { levelsFrom, oklabDistance, oklabOf } from './oklab.ts';
import type { RgbaImage } from './rgbaImage.ts';
import { snapDisc } from './snapDisc.ts';
import { unreached, wandReach, type WandSeed } from './wandReach.ts';

const byte = fc.nat(255);
const colour = fc.tuple(byte, byte, byte);

/** A picture of few colours, so that regions hang together. */
const pictures = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 12 }), fc.array(colour, { minLength: 1, maxLength: 5 })).chain(([widthPx, heightPx, palette]) =>
  fc.array(fc.nat(palette.length - 1), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map(
    (indices): RgbaImage => ({ widthPx, heightPx, data: Uint8ClampedArray.from(indices.flatMap((index) => [...(palette[index] as [number, number, number]), 255])) }),
  ),
);

/** By the definition: the largest level on the way, least over all ways, by relaxing until nothing changes. */
const leastLevels = ({ widthPx, heightPx, data }: RgbaImage, { xPx, yPx }: WandSeed): number[] => {
  const seed = yPx * widthPx + xPx;
  const own = levelsFrom(data, oklabOf(data[seed * 4] as number, data[seed * 4 + 1] as number, data[seed * 4 + 2] as number));
  const levels = new Array<number>(widthPx * heightPx).fill(Infinity);
  levels[seed] = 0;
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (let at = 0; at < levels.length; at++) {
      const x = at % widthPx;
      const neighbours = [x > 0 ? at - 1 : -1, x < widthPx - 1 ? at + 1 : -1, at - widthPx, at + widthPx].filter((other) => other >= 0 && other < levels.length);
      const level = Math.max(own(at), Math.min(...neighbours.map((other) => levels[other] as number)));
      if (level < (levels[at] as number)) {
        levels[at] = level;
        hasChanged = true;
      }
    }
  }
  return levels;
};

describe('OKLab', () => {
  it('has the published values of known colours', () => {
    expect(oklabOf(255, 255, 255).lightness).toBeCloseTo(1, 3);
    expect(oklabOf(0, 0, 0).lightness).toBe(0);
    const red = oklabOf(255, 0, 0);
    expect(red.lightness).toBeCloseTo(0.62796, 3);
    expect(red.a).toBeCloseTo(0.22486, 3);
    expect(red.b).toBeCloseTo(0.12585, 3);
  });

  it('gives grey no colour, and measures the same both ways', () => {
    fc.assert(
      fc.property(byte, colour, colour, (grey, one, other) => {
        const { a, b } = oklabOf(grey, grey, grey);
        expect(Math.hypot(a, b)).toBeLessThan(2e-3);
        const distance = oklabDistance(oklabOf(...one), oklabOf(...other));
        const level = levelsFrom(Uint8Array.of(...one, 255), oklabOf(...other))(0);
        expect(Math.abs(level - distance * 255)).toBeLessThan(0.6);
      }),
    );
  });
});

describe('the wand', () => {
  it('takes each pixel from the tolerance on at which a way leads to it, whatever was asked before', () => {
    fc.assert(
      fc.property(pictures, fc.nat(), fc.nat(), fc.array(fc.nat(254), { minLength: 1, maxLength: 3 }), (picture, x, y, tolerances) => {
        const seed: WandSeed = { xPx: x % picture.widthPx, yPx: y % picture.heightPx, sampleSidePx: 1, isContiguous: true };
        const expected = leastLevels(picture, seed);
        const reach = wandReach(picture, seed);
        for (const tolerance of tolerances) {
          const rect = reach.upTo(tolerance);
          for (const [at, level] of expected.entries()) {
            const isTaken = (reach.levels[at] as number) <= tolerance;
            expect(isTaken).toBe(level <= tolerance);
            if (!isTaken) continue;
            const [px, py] = [at % picture.widthPx, Math.floor(at / picture.widthPx)];
            expect(px >= rect.xPx && py >= rect.yPx && px < rect.xPx + rect.widthPx && py < rect.yPx + rect.heightPx).toBe(true);
          }
        }
      }),
    );
  });

  it('takes equal colours everywhere when it need not hang together', () => {
    const data = Uint8ClampedArray.from([[200, 0, 0, 255], [0, 0, 200, 255], [200, 0, 0, 255]].flat());
    const reachOf = (isContiguous: boolean) => {
      const reach = wandReach({ widthPx: 3, heightPx: 1, data }, { xPx: 0, yPx: 0, sampleSidePx: 1, isContiguous });
      reach.upTo(5);
      return [...reach.levels].map((level) => level <= 5);
    };
    expect(reachOf(true)).toEqual([true, false, false]);
    expect(reachOf(false)).toEqual([true, false, true]);
  });

  it('follows the picture no farther than it must', () => {
    const data = new Uint8ClampedArray(100 * 4).fill(255);
    data.fill(0, 50 * 4, 51 * 4);
    const reach = wandReach({ widthPx: 100, heightPx: 1, data }, { xPx: 0, yPx: 0, sampleSidePx: 5, isContiguous: true });
    expect(reach.upTo(10).widthPx).toBe(50);
    expect(reach.levels[60]).toBe(unreached);
    expect(reach.upTo(254).widthPx).toBe(100);
  });

  it('refuses a place outside of the picture', () => {
    expect(() => wandReach({ widthPx: 1, heightPx: 1, data: new Uint8ClampedArray(4) }, { xPx: 1, yPx: 0, sampleSidePx: 1, isContiguous: true })).toThrow(RangeError);
  });
});

describe('a disc that snaps', () => {
  it('stays in the disc, holds its centre, and takes nothing unlike it that is not enclosed', () => {
    fc.assert(
      fc.property(pictures, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1, max: 8, noNaN: true }), fc.nat(120), (picture, shareX, shareY, radiusPx, level) => {
        const { widthPx, heightPx } = picture;
        const rect = { xPx: 0, yPx: 0, widthPx, heightPx };
        const [x, y] = [shareX * (widthPx - 0.01), shareY * (heightPx - 0.01)];
        const lab = labPatch(picture, rect);
        const covered = new Uint8Array(widthPx * heightPx).fill(7);
        snapDisc({ rect, lab }, x, y, radiusPx, level, covered);
        const centre = Math.floor(y) * widthPx + Math.floor(x);
        expect(covered[centre]).not.toBe(0);
        for (const [at, value] of covered.entries()) {
          if (value === 0 || at === centre) continue;
          const [px, py] = [at % widthPx, Math.floor(at / widthPx)];
          const around = [at - 1, at + 1, at - widthPx, at + widthPx];
          if (value === 2) expect(around.every((other) => covered[other] === 1)).toBe(true);
          else {
            expect(Math.hypot(px + 0.5 - x, py + 0.5 - y)).toBeLessThanOrEqual(radiusPx + 1e-9);
            expect(around.some((other) => covered[other] === 1)).toBe(true);
          }
        }
      }),
    );
  });

  it('sees a photo alike however it is cut', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const { widthPx, heightPx } = picture;
        const whole = labPatch(picture, { xPx: 0, yPx: 0, widthPx, heightPx });
        const left = Math.floor(widthPx / 2);
        const part = labPatch(picture, { xPx: left, yPx: 0, widthPx: widthPx - left, heightPx });
        for (let y = 0; y < heightPx; y++) {
          for (let x = left; x < widthPx; x++) expect(part[(y * (widthPx - left) + x - left) * 3]).toBe(whole[(y * widthPx + x) * 3]);
        }
      }),
    );
  });
});
