import { throwIfCancelled } from '../../../shared/errors/errors.ts';

/**
 * Runs work on items, a few at a time, and yields the results in the items' order. Results that are done early wait: at most `concurrency` are held. When the consumer
 * stops, the signal fires or one fails, what is under way is awaited: nothing runs on behind one's back.
 * @throws what the first item in order that failed threw; CancelledError
 */
export async function* inOrder<Item, Result>(items: AsyncIterable<Item>, concurrency: number, work: (item: Item) => Promise<Result>, signal?: AbortSignal): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  const iterator = items[Symbol.asyncIterator]();
  let exhausted = false;
  try {
    for (;;) {
      throwIfCancelled(signal);
      while (!exhausted && underWay.length < concurrency) {
        const next = await iterator.next();
        if (next.done === true) {
          exhausted = true;
          break;
        }
        const result = work(next.value);
        // Told when its turn comes.
        result.catch(() => undefined);
        underWay.push(result);
      }
      const first = underWay.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await Promise.allSettled(underWay);
    await iterator.return?.();
  }
}
