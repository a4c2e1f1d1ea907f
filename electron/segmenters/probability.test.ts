import fc from 'fast-check';
import { expect, it } from 'vitest';
import { confidenceOf, probabilityMap } from './probability.ts';

const output = (values: readonly number[], dims = [1, 1, 1, values.length]) => ({ type: 'float32' as const, dims, data: Float32Array.from(values) });
const read = (values: readonly number[], activation: Parameters<typeof probabilityMap>[1]) => [...probabilityMap(output(values), activation).data];

it('reads each kind of output', () => {
  expect(read([0, 0.25, 1.001, -0.001], 'none')).toEqual([0, 0.25, 1, 0]);
  expect(read([2, 4, 3], 'minMax')).toEqual([0, 1, 0.5]);
  expect(read([0], 'sigmoid')).toEqual([0.5]);
  expect(read([0.25, 1], 'sigmoidIfLogits')).toEqual([0.25, 1]);
  expect(read([0, -8], 'sigmoidIfLogits')).toEqual([0.5, Math.fround(1 / (1 + Math.exp(8)))]);
});

it('makes no mask of a flat answer', () => expect(Math.max(...read([0.0002, 0.0004, 0.0001], 'minMax'))).toBeLessThan(0.01));

it('always gives probabilities', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), { minLength: 1 }), fc.constantFrom('none', 'minMax', 'sigmoid', 'sigmoidIfLogits' as const), (values, activation) => {
      const map = probabilityMap(output(values), activation);
      for (const value of map.data) expect(value >= 0 && value <= 1).toBe(true);
      const confidence = confidenceOf(map);
      expect(confidence >= 0 && confidence <= 1).toBe(true);
    }),
  );
});

it('refuses another shape, and values that are no numbers', () => {
  expect(() => probabilityMap(output([1, 2, 3, 4], [1, 2, 1, 2]), 'none')).toThrow('expected');
  expect(() => probabilityMap({ type: 'int64', dims: [1, 1], data: BigInt64Array.of(1n) }, 'none')).toThrow('expected');
  expect(() => probabilityMap(output([NaN]), 'none')).toThrow('no numbers');
});
