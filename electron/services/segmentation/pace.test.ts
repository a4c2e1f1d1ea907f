import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

it('says nothing before the first task and counts working time alone', () => {
  const pace = new Pace();
  expect(pace.perMinute(0)).toBeNull();
  pace.setWorking(true, 0);
  expect(pace.perMinute(30_000)).toBeNull();
  pace.finished(30_000);
  expect(pace.perMinute(30_000)).toBe(2);
  pace.setWorking(false, 30_000);
  // An hour's pause changes nothing.
  expect(pace.perMinute(3_630_000)).toBe(2);
  pace.setWorking(true, 3_630_000);
  pace.finished(3_660_000);
  expect(pace.perMinute(3_660_000)).toBe(2);
});

it('tells a steady rate, whatever it is, and follows when it changes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 20_000 }), fc.integer({ min: 20, max: 20_000 }), (firstMs, thenMs) => {
      const pace = new Pace();
      pace.setWorking(true, 0);
      let nowMs = 0;
      for (const eachMs of [firstMs, thenMs]) {
        for (const endMs = nowMs + 400_000; nowMs < endMs; ) pace.finished((nowMs += eachMs));
        const perMinute = pace.perMinute(nowMs) ?? NaN;
        expect(Math.abs(perMinute - 60_000 / eachMs) / (60_000 / eachMs)).toBeLessThan(0.25);
      }
    }),
    { numRuns: 20 },
  );
});
