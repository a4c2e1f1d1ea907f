/**
 * Turns a push source into the iterator that a handler returns. It ends when the client goes away (`signal`) and unsubscribes then,
 * also when the client is gone before the first value is asked for.
 * @param subscribe called once the client listens; gets `push`, `end` and `fail`, returns what stops the source
 * @param keep `all` values in order, or only the `latest` that the client has not taken yet (for states, where older ones are noise)
 */
export async function* eventStream<T>(
  subscribe: (sink: { push: (value: T) => void; end: () => void; fail: (error: unknown) => void }) => () => void,
  signal: AbortSignal | undefined,
  keep: 'all' | 'latest' = 'all',
): AsyncGenerator<T, void, void> {
  const waiting: T[] = [];
  let ended = signal?.aborted === true;
  let failure: { readonly error: unknown } | null = null;
  let wake = (): void => undefined;

  const end = (): void => {
    ended = true;
    wake();
  };
  if (ended) return;
  signal?.addEventListener('abort', end, { once: true });
  const stop = subscribe({
    push: (value) => {
      if (keep === 'latest') waiting.length = 0;
      waiting.push(value);
      wake();
    },
    end,
    fail: (error) => {
      failure = { error };
      end();
    },
  });
  try {
    for (;;) {
      while (waiting.length > 0 && signal?.aborted !== true) yield waiting.shift() as T;
      // TypeScript does not see that callbacks assign these.
      const failed = failure as { readonly error: unknown } | null;
      if (failed !== null) throw failed.error;
      if (ended as boolean) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', end);
    stop();
  }
}
