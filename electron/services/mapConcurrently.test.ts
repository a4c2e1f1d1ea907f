import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapConcurrently } from './mapConcurrently.ts';

test('every result comes once, with no more under way than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (turns, concurrency) => {
      let underWay = 0;
      let most = 0;
      const results: number[] = [];
      const work = async (index: number): Promise<number> => {
        most = Math.max(most, ++underWay);
        for (let step = 0; step < (turns[index] as number); step++) await turn();
        underWay--;
        return index;
      };
      for await (const result of mapConcurrently(turns.keys(), concurrency, work)) results.push(result);
      expect(results.sort((a, b) => a - b)).toEqual([...turns.keys()]);
      expect(most).toBeLessThanOrEqual(concurrency);
    }),
    { numRuns: 40 },
  );
});

test('a consumer that stops begins nothing more, and waits for what is under way', async () => {
  let begun = 0;
  let ended = 0;
  const work = async (): Promise<void> => {
    begun++;
    await turn();
    await turn();
    ended++;
  };
  for await (const _ of mapConcurrently(Array.from({ length: 20 }), 3, work)) break;
  expect(ended).toBe(begun);
  expect(begun).toBeLessThan(20);
});

test('the signal does the same', async () => {
  const stop = new AbortController();
  let ended = 0;
  for await (const _ of mapConcurrently(Array.from({ length: 20 }), 2, async () => void (await turn()), stop.signal)) if (++ended === 4) stop.abort();
  expect(ended).toBeGreaterThanOrEqual(4);
  expect(ended).toBeLessThanOrEqual(6);
});

test('a rejection ends it', async () => {
  const all = async (): Promise<void> => {
    for await (const _ of mapConcurrently([1, 2, 3], 2, async (item) => (item === 2 ? Promise.reject(new Error('two')) : item)));
  };
  await expect(all()).rejects.toThrow('two');
});
