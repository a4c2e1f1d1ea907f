/**
 * Runs work on items, a few at a time, and yields results as they come (not in order). When the consumer stops, or the signal fires, no
 * new work is begun, and what is under way is awaited: nothing runs on behind one's back.
 * @param work must not reject with what should end up in a result; a rejection ends the whole
 */
export async function* mapConcurrently<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result> {
  const underWay = new Map<symbol, Promise<readonly [symbol, Result]>>();
  const iterator = items[Symbol.iterator]();
  let exhausted = false;
  try {
    for (;;) {
      while (!exhausted && underWay.size < concurrency && signal?.aborted !== true) {
        const next = iterator.next();
        if (next.done === true) {
          exhausted = true;
          break;
        }
        const key = Symbol('work');
        underWay.set(
          key,
          work(next.value).then((result) => [key, result] as const),
        );
      }
      if (underWay.size === 0) return;
      const [key, result] = await Promise.race(underWay.values());
      underWay.delete(key);
      yield result;
    }
  } finally {
    await Promise.allSettled(underWay.values());
  }
}
