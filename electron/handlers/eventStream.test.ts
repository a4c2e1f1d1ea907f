import { describe, expect, test } from 'vitest';
import { eventStream } from './eventStream.ts';

interface Source {
  push: (value: number) => void;
  end: () => void;
  fail: (error: unknown) => void;
}

/** A stream with its source's handle, and how often it was stopped. */
const open = (keep: 'all' | 'latest' = 'all', signal = new AbortController()) => {
  const state: { source: Source | null; stopped: number } = { source: null, stopped: 0 };
  const stream = eventStream<number>(
    (sink) => {
      state.source = sink;
      return () => state.stopped++;
    },
    signal.signal,
    keep,
  );
  return { stream, state, signal };
};

describe('eventStream', () => {
  test('gives every value in order', async () => {
    const { stream, state } = open();
    const first = stream.next();
    state.source?.push(1);
    state.source?.push(2);
    expect((await first).value).toBe(1);
    expect((await stream.next()).value).toBe(2);
  });

  test('gives only the latest of a state', async () => {
    const { stream, state } = open('latest');
    const first = stream.next();
    state.source?.push(1);
    await first;
    state.source?.push(2);
    state.source?.push(3);
    expect((await stream.next()).value).toBe(3);
  });

  test('stops its source once when the client goes away', async () => {
    const { stream, state, signal } = open();
    const waiting = stream.next();
    signal.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(state.stopped).toBe(1);
  });

  test('never starts a source for a client that is gone', async () => {
    const signal = new AbortController();
    signal.abort();
    const { stream, state } = open('all', signal);
    expect((await stream.next()).done).toBe(true);
    expect(state.source).toBeNull();
  });

  test('stops its source when the reader breaks off', async () => {
    const { stream, state } = open();
    const first = stream.next();
    state.source?.push(1);
    await first;
    await stream.return();
    expect(state.stopped).toBe(1);
  });

  test('gives what came before an end or a failure first', async () => {
    const { stream, state } = open();
    const first = stream.next();
    state.source?.push(1);
    state.source?.fail(new Error('lost'));
    expect((await first).value).toBe(1);
    await expect(stream.next()).rejects.toThrow('lost');
    expect(state.stopped).toBe(1);
  });
});
