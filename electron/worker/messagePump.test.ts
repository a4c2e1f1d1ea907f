import { describe, expect, it } from 'vitest';
import type { IncomingMessage, Settlement, SubscribeOptions, Subscription } from '../../shared/ports/broker.ts';
import { IntakeGate } from './intakeGate.ts';
import { MessagePump } from './messagePump.ts';

const message: IncomingMessage = { topic: 'products.image.ready', queue: 'queue.products.image.ready', body: new Uint8Array(), isRedelivered: false };

/** Hands out what the test tells it to, and writes down what it was asked for. */
const harness = () => {
  const asked: string[] = [];
  let options: SubscribeOptions | null = null;
  const note = (what: string) => () => {
    asked.push(what);
    return Promise.resolve();
  };
  const subscription: Subscription = { pause: note('pause'), resume: note('resume'), stop: note('stop') };
  const finish: (() => void)[] = [];
  const gate = new IntakeGate((error) => {
    throw error;
  });
  const pump = new MessagePump({
    consumer: {
      subscribe: (given) => {
        options = given;
        return Promise.resolve(subscription);
      },
      depths: () => Promise.resolve([]),
      sortDeadLetters: () => Promise.resolve(),
      isConnected: () => true,
    },
    intake: {
      topics: [message.topic],
      handle: (_, signal) =>
        new Promise<Settlement>((resolve) => {
          finish.push(() => resolve({ kind: 'ack' }));
          signal.addEventListener('abort', () => resolve({ kind: 'requeue' }), { once: true });
        }),
    },
    prefetch: 4,
    gate,
    onInHand: () => undefined,
  });
  const handOut = (lost = new AbortController().signal): Promise<Settlement> => (options as SubscribeOptions).onMessage(message, lost);
  return { asked, pump, gate, finish, handOut };
};
const noTrouble = (error: unknown): never => {
  throw error;
};

describe('MessagePump', () => {
  it('finishes what is in hand when there is time', async () => {
    const { pump, finish, handOut, asked } = harness();
    await pump.start();
    const settlements = Promise.all([handOut(), handOut()]);
    const drained = pump.drain(60_000, noTrouble);
    finish.forEach((end) => end());
    expect(await settlements).toEqual([{ kind: 'ack' }, { kind: 'ack' }]);
    expect(await drained).toEqual({ inHand: 2, givenBack: 0 });
    expect(asked).toEqual(['stop']);
  });

  it('gives back what is not finished in time, and what comes afterwards', async () => {
    const { pump, finish, handOut } = harness();
    await pump.start();
    const first = handOut();
    const second = handOut();
    finish[0]?.();
    await first;
    expect(await pump.drain(0, noTrouble)).toEqual({ inHand: 1, givenBack: 1 });
    expect(await second).toEqual({ kind: 'requeue' });
    expect(await handOut()).toEqual({ kind: 'requeue' });
  });

  it('lets a message go whose connection was lost', async () => {
    const { pump, handOut } = harness();
    await pump.start();
    const lost = new AbortController();
    const settlement = handOut(lost.signal);
    lost.abort();
    expect(await settlement).toEqual({ kind: 'requeue' });
    expect(pump.inHand).toBe(0);
  });

  it('starts paused where there is a reason to, and resumes when the last one is gone', async () => {
    const { pump, gate, asked } = harness();
    await gate.set('starting', true);
    await pump.start();
    await gate.set('store', true);
    await gate.set('starting', false);
    expect(asked).toEqual(['pause']);
    await gate.set('store', false);
    expect(asked).toEqual(['pause', 'resume']);
  });
});
