import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../shared/errors/errors.ts';
import { DecodeLanes } from './decodeLanes.ts';

/** Work that ends when it is told to, and says when it has begun. */
const held = () => {
  let end: () => void = () => undefined;
  let isBegun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end: () => end(),
    get isBegun() {
      return isBegun;
    },
    work: async () => {
      isBegun = true;
      await ended;
    },
  };
};
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('lanes', () => {
  it('decode the newest of those that wait, and cancel the others', async () => {
    const lanes = new DecodeLanes();
    const works = [held(), held(), held(), held()] as const;
    const answers = works.map(({ work }) => lanes.run(work, { lane: 1 }).then(() => 'done', (error: unknown) => (error instanceof CancelledError ? 'replaced' : 'failed')));
    await turn();
    expect(works.map(({ isBegun }) => isBegun)).toEqual([true, false, false, false]);
    works[0].end();
    await turn();
    expect(works.map(({ isBegun }) => isBegun)).toEqual([true, false, false, true]);
    works[3].end();
    expect(await Promise.all(answers)).toEqual(['done', 'replaced', 'replaced', 'done']);
  });

  it('do not wait for each other, and work without one waits for none', async () => {
    const lanes = new DecodeLanes();
    const works = [held(), held(), held()] as const;
    const [first, second, third] = works;
    const answers = [lanes.run(first.work, { lane: 1 }), lanes.run(second.work, { lane: 2 }), lanes.run(third.work, {})];
    await turn();
    expect(works.map(({ isBegun }) => isBegun)).toEqual([true, true, true]);
    for (const { end } of works) end();
    await Promise.all(answers);
  });

  it('are left by what is aborted, at once; what runs keeps its lane until it ends', async () => {
    const lanes = new DecodeLanes();
    const [running, waiting, last] = [held(), held(), held()];
    const stopRunning = new AbortController();
    const stopWaiting = new AbortController();
    const first = lanes.run(running.work, { lane: 1, signal: stopRunning.signal });
    const second = lanes.run(waiting.work, { lane: 1, signal: stopWaiting.signal });
    await turn();
    stopRunning.abort();
    stopWaiting.abort();
    await expect(first).rejects.toThrow(CancelledError);
    await expect(second).rejects.toThrow(CancelledError);
    const third = lanes.run(last.work, { lane: 1 });
    await turn();
    expect(last.isBegun).toBe(false);
    running.end();
    await turn();
    expect([waiting.isBegun, last.isBegun]).toEqual([false, true]);
    last.end();
    await third;
  });

  it('are free again after work that failed', async () => {
    const lanes = new DecodeLanes();
    await expect(lanes.run(() => Promise.reject(new Error('broken')), { lane: 1 })).rejects.toThrow('broken');
    await expect(lanes.run(() => Promise.resolve('fine'), { lane: 1 })).resolves.toBe('fine');
  });
});
