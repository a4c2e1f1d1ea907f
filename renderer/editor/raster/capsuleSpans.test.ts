import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capsuleSpans, type Dab } from './capsuleSpans.ts';
import { createSpans } from './spans.ts';

const widthPx = 64;
const heightPx = 48;

const pixelsOf = (from: Dab, to: Dab): Set<string> => {
  const spans = createSpans();
  capsuleSpans(spans, from, to, widthPx, heightPx);
  const pixels = new Set<string>();
  for (let y = spans.top; y < spans.bottom; y++) {
    for (let x = spans.starts[y - spans.top] as number; x < (spans.ends[y - spans.top] as number); x++) pixels.add(`${x},${y}`);
  }
  return pixels;
};

/**
 * Least of distance minus radius over all places of the brush between the two: negative inside the swept shape. By ternary search, since it
 * is convex along the way (a distance to a point that moves straight, minus something linear).
 */
const depth = (x: number, y: number, from: Dab, to: Dab): number => {
  const at = (share: number): number => {
    const mix = (a: number, b: number): number => a + (b - a) * share;
    return Math.hypot(x - mix(from.xImagePx, to.xImagePx), y - mix(from.yImagePx, to.yImagePx)) - mix(from.radiusPx, to.radiusPx);
  };
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) high -= third;
    else low += third;
  }
  return Math.min(at(0), at(1), at(low));
};

const dab = (leastRadius: number) =>
  fc.record({
    xImagePx: fc.double({ min: -10, max: 74, noNaN: true }),
    yImagePx: fc.double({ min: -10, max: 58, noNaN: true }),
    radiusPx: fc.double({ min: leastRadius, max: 15, noNaN: true }),
  });

describe('what a round brush sweeps', () => {
  it('is every pixel whose centre is within the brush somewhere on the way, and no other', () => {
    fc.assert(
      fc.property(dab(1), dab(1), (from, to) => {
        const pixels = pixelsOf(from, to);
        for (let y = 0; y < heightPx; y++) {
          for (let x = 0; x < widthPx; x++) {
            const at = depth(x + 0.5, y + 0.5, from, to);
            // On the rim itself rounding decides.
            if (Math.abs(at) > 1e-6 && pixels.has(`${x},${y}`) !== at < 0) throw new Error(`Pixel ${x}, ${y} at depth ${at}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is one piece without gaps however thin and fast', () => {
    const place = fc.record({ xImagePx: fc.double({ min: 0, max: 63.9, noNaN: true }), yImagePx: fc.double({ min: 0, max: 47.9, noNaN: true }) });
    fc.assert(
      fc.property(place, place, fc.double({ min: 0.05, max: 1.2, noNaN: true }), (a, b, radiusPx) => {
        const pixels = pixelsOf({ ...a, radiusPx }, { ...b, radiusPx });
        const first = `${Math.floor(a.xImagePx)},${Math.floor(a.yImagePx)}`;
        const reached = new Set<string>();
        const queue = pixels.has(first) ? [first] : [...pixels].slice(0, 1);
        for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
          if (reached.has(key)) continue;
          reached.add(key);
          const [x = 0, y = 0] = key.split(',').map(Number);
          for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) if (pixels.has(`${x + dx},${y + dy}`)) queue.push(`${x + dx},${y + dy}`);
        }
        expect(pixels.size).toBeGreaterThan(0);
        expect(reached.size).toBe(pixels.size);
      }),
    );
  });

  it('is exactly the pixel under it for a brush of one pixel, wherever in the pixel', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 63.99, noNaN: true }), fc.double({ min: 0, max: 47.99, noNaN: true }), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (x, y, radiusPx) => {
        const place = { xImagePx: x, yImagePx: y, radiusPx };
        expect([...pixelsOf(place, place)]).toEqual([`${Math.floor(x)},${Math.floor(y)}`]);
      }),
    );
  });

  it('is the same there and back', () => {
    fc.assert(
      fc.property(dab(1), dab(1), (from, to) => {
        const there = pixelsOf(from, to);
        const back = pixelsOf(to, from);
        const different = [...there].filter((key) => !back.has(key)).length + [...back].filter((key) => !there.has(key)).length;
        // Only centres exactly on the rim may fall on either side.
        expect(different).toBeLessThanOrEqual(2);
      }),
    );
  });
});
