/** Work that yields its progress, and stops when the client goes away or takes no more of it. */
export async function* untilGone<T>(start: (stop: AbortSignal) => AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    yield* start(stop.signal);
  } finally {
    signal?.removeEventListener('abort', abort);
    abort();
  }
}
