import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromPosition, positions, toPosition } from './sliderScale.ts';

const range = { least: 0.5, most: 200 };

it('leads from an amount to its place and back, from end to end', () => {
  fc.assert(fc.property(fc.double({ min: range.least, max: range.most, noNaN: true }), (value) => Math.abs(fromPosition(range, toPosition(range, value)) - value) < 1e-6));
  expect([fromPosition(range, 0), Math.round(fromPosition(range, positions))]).toEqual([0.5, 200]);
  expect(fromPosition(range, positions / 2)).toBeLessThan(20);
});
