import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Broker, Consumer, DeadLetter, IncomingMessage, Settlement } from '../../../shared/ports/broker.ts';
import { present } from '../../../shared/errors/errors.ts';
import { Arrivals } from './arrivals.ts';

export interface ConsumerFixture {
  readonly broker: Broker;
  /** Another connection, as a second process would have. The fixture closes it. */
  openAnother(): Promise<Broker>;
  /** Two topics of one kind and one more, all of them this fixture's own. */
  readonly topics: readonly [string, string, string];
  /** Puts bytes on a topic, as somebody else's publisher would; resolves once the broker has them. */
  put(topic: string, body: string): Promise<void>;
  /** Takes so many out of the dead-letter queue of a topic, with the reasons given, as soon as they are there. */
  deadLetters(topic: string, count: number): Promise<readonly { readonly body: string; readonly reason: string }[]>;
  dispose(): Promise<void>;
}

const ack: Settlement = { kind: 'ack' };
const textOf = ({ body }: IncomingMessage): string => new TextDecoder().decode(body);

/** What every Consumer must do (shared/ports/broker.ts). */
export const consumerContract = (name: string, makeFixture: () => Promise<ConsumerFixture>): void => {
  describe(`Consumer: ${name}`, () => {
    let fixture: ConsumerFixture;
    let consumer: Consumer;
    let topic: string;
    beforeEach(async () => {
      fixture = await makeFixture();
      consumer = present(fixture.broker.consumer, 'the consumer');
      topic = fixture.topics[0];
    });
    afterEach(() => fixture.dispose());

    const subscribe = (arrivals: Arrivals, { prefetch = 10, topics = [topic], by = consumer } = {}) => by.subscribe({ topics, prefetch, onMessage: arrivals.take });

    const ready = async (topics: readonly string[] = [topic]) => (await consumer.depths(topics)).reduce((sum, depth) => sum + depth.ready, 0);

    it('hands out the bytes as they came, with their topic and queue', async () => {
      const arrivals = new Arrivals(() => ack);
      await subscribe(arrivals, { topics: [...fixture.topics] });
      const bodies = ['{"ümlaut":"🧦"}', 'no json at all', ''];
      for (const [index, body] of bodies.entries()) await fixture.put(present(fixture.topics[index], 'topic'), body);
      const messages = await arrivals.settled(3);
      expect(messages.map((message) => [message.topic, textOf(message)]).sort()).toEqual(bodies.map((body, index) => [fixture.topics[index], body]).sort());
      expect(new Set(messages.map(({ queue }) => queue)).size).toBe(3);
      expect(messages.every(({ isRedelivered }) => !isRedelivered)).toBe(true);
      expect(consumer.isConnected()).toBe(true);
    });

    it('keeps what was sent before anybody consumed, and what is not acked', async () => {
      const first = new Arrivals(() => ack);
      const subscription = await subscribe(first);
      await subscription.stop();
      await fixture.put(topic, 'early');
      expect(await ready()).toBe(1);
      const never = new Arrivals(() => new Promise<Settlement>(() => undefined));
      const another = await fixture.openAnother();
      await subscribe(never, { by: present(another.consumer, 'consumer') });
      await never.taken(1);
      await another.close();
      const last = new Arrivals(() => ack);
      await subscribe(last);
      const [message] = await last.settled(1);
      expect(message).toMatchObject({ isRedelivered: true });
      expect(first.messages).toHaveLength(0);
    });

    it('acked ones are gone, requeued ones come again, poison lies in the dead-letter queue with its reason', async () => {
      const seen = new Map<string, number>();
      const arrivals = new Arrivals((message): Settlement => {
        const text = textOf(message);
        const times = (seen.get(text) ?? 0) + 1;
        seen.set(text, times);
        if (text === 'poison') return { kind: 'deadLetter', reason: 'it is no JSON — “{”' };
        return text === 'again' && times === 1 ? { kind: 'requeue' } : ack;
      });
      const subscription = await subscribe(arrivals);
      for (const body of ['good', 'again', 'poison']) await fixture.put(topic, body);
      await arrivals.settled(4);
      await subscription.stop();
      expect(Object.fromEntries(seen)).toEqual({ good: 1, again: 2, poison: 1 });
      expect(await fixture.deadLetters(topic, 1)).toEqual([{ body: 'poison', reason: 'it is no JSON — “{”' }]);
    });

    it('dead letters are looked at without losing one, put back, or dropped', async () => {
      let isMended = false;
      const arrivals = new Arrivals((message): Settlement => (isMended && textOf(message) !== 'hopeless' ? ack : { kind: 'deadLetter', reason: `no good: ${textOf(message)}` }));
      await subscribe(arrivals);
      const bodies = ['one', 'two', 'hopeless', 'spam'];
      for (const [index, body] of bodies.entries()) {
        await fixture.put(topic, body);
        await arrivals.settled(index + 1);
      }
      await vi.waitFor(async () => expect((await consumer.depths([topic]))[0]?.deadLettered).toBe(bodies.length));
      const look = async (): Promise<readonly DeadLetter[]> => {
        const letters: DeadLetter[] = [];
        await consumer.sortDeadLetters(fixture.topics, (letter) => {
          letters.push(letter);
          return 'keep';
        });
        return letters;
      };
      const textOfLetter = ({ body }: DeadLetter): string => new TextDecoder().decode(body);
      const before = await look();
      expect(before.map((letter) => [textOfLetter(letter), letter.reason, letter.times])).toEqual(bodies.map((body) => [body, `no good: ${body}`, 1]));
      expect(await look()).toEqual(before);
      expect(new Set(before.map(({ letterId }) => letterId)).size).toBe(bodies.length);

      const seen: string[] = [];
      await consumer.sortDeadLetters([topic], (letter) => {
        seen.push(textOfLetter(letter));
        return seen.length === 2 ? 'stop' : 'keep';
      });
      expect(seen).toEqual(['one', 'two']);
      await expect(
        consumer.sortDeadLetters([topic], () => {
          throw new Error('a fault of ours');
        }),
      ).rejects.toThrow('a fault of ours');
      expect(await look()).toEqual(before);

      isMended = true;
      await consumer.sortDeadLetters([topic], (letter) => (textOfLetter(letter) === 'spam' ? 'drop' : 'replay'));
      await arrivals.settled(bodies.length + 3);
      await vi.waitFor(async () => expect((await look()).map((letter) => [textOfLetter(letter), letter.times])).toEqual([['hopeless', 2]]));
    });

    it('a handler that breaks gives its message back', async () => {
      let times = 0;
      const arrivals = new Arrivals(() => {
        if (++times === 1) throw new Error('a fault of ours');
        return ack;
      });
      await subscribe(arrivals);
      await fixture.put(topic, 'one');
      const messages = await arrivals.settled(2);
      expect(messages.map(({ isRedelivered }) => isRedelivered)).toEqual([false, true]);
    });

    it('has no more in hand than the prefetch says, over all topics, and works on them at once', async () => {
      for (const each of fixture.topics) await (await subscribe(new Arrivals(() => ack), { topics: [each] })).stop();
      for (const each of fixture.topics) for (let number = 0; number < 4; number++) await fixture.put(each, `${each} ${number}`);
      const arrivals: Arrivals = new Arrivals(() => arrivals.released);
      await subscribe(arrivals, { topics: [...fixture.topics], prefetch: 3 });
      await arrivals.taken(3);
      // The nine others wait at the broker: nothing more is handed out.
      expect(await ready(fixture.topics)).toBe(9);
      expect(arrivals.messages).toHaveLength(3);
      arrivals.release(ack);
      await arrivals.settled(12);
      expect(arrivals.mostAtOnce).toBe(3);
    });

    it('pauses, lets what is in hand end, and resumes', async () => {
      const arrivals: Arrivals = new Arrivals(() => arrivals.released);
      const subscription = await subscribe(arrivals);
      await fixture.put(topic, 'in hand');
      await arrivals.taken(1);
      await subscription.pause();
      await fixture.put(topic, 'waits');
      expect(await ready()).toBe(1);
      arrivals.release(ack);
      await arrivals.settled(1);
      expect(await ready()).toBe(1);
      await subscription.resume();
      await arrivals.settled(2);
      expect(arrivals.messages.map(textOf)).toEqual(['in hand', 'waits']);
      expect(arrivals.messages.every(({ isRedelivered }) => !isRedelivered)).toBe(true);
    });

    it('stops; what is in hand is still settled', async () => {
      const arrivals: Arrivals = new Arrivals(() => arrivals.released);
      const subscription = await subscribe(arrivals);
      await fixture.put(topic, 'in hand');
      await arrivals.taken(1);
      await subscription.stop();
      await subscription.resume();
      await fixture.put(topic, 'left');
      arrivals.release(ack);
      await arrivals.settled(1);
      const rest = new Arrivals(() => ack);
      const another = await fixture.openAnother();
      await subscribe(rest, { by: present(another.consumer, 'consumer') });
      await rest.settled(1);
      expect(rest.messages.map(textOf)).toEqual(['left']);
    });

    it('aborts what is in hand when it is closed, so that others get it', async () => {
      const another = await fixture.openAnother();
      const arrivals = new Arrivals((_, signal) => new Promise((settle) => signal.addEventListener('abort', () => settle(ack))));
      await subscribe(arrivals, { by: present(another.consumer, 'consumer') });
      await fixture.put(topic, 'one');
      await arrivals.taken(1);
      await another.close();
      await arrivals.settled(1);
      const next = new Arrivals(() => ack);
      await subscribe(next);
      expect((await next.settled(1)).map(({ isRedelivered }) => isRedelivered)).toEqual([true]);
    });

    it('shares the messages with others, none of them twice', async () => {
      const others = present((await fixture.openAnother()).consumer, 'consumer');
      const mine = new Arrivals(() => ack);
      const theirs = new Arrivals(() => ack);
      await subscribe(mine, { prefetch: 2 });
      await subscribe(theirs, { prefetch: 2, by: others });
      await Promise.all(Array.from({ length: 30 }, (_, number) => fixture.put(topic, String(number))));
      await Arrivals.settledTogether([mine, theirs], 30);
      expect([...mine.messages, ...theirs.messages].map(textOf).map(Number).sort((one, two) => one - two)).toEqual(Array.from({ length: 30 }, (_, number) => number));
    });
  });
};
