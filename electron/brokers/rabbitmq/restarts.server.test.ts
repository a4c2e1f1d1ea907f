import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRabbit, type RabbitServer } from '../../../e2e/services/servers/rabbitmq.ts';
import { isExpected, present } from '../../../shared/errors/errors.ts';
import type { Broker, OutgoingEvent, Settlement } from '../../../shared/ports/broker.ts';
import { systemClock } from '../../base/systemClock.ts';
import { openBroker } from '../index.ts';
import { Arrivals } from '../testing/arrivals.ts';
import { eventNumber } from '../testing/brokerContract.ts';
import { RabbitSide } from './testing/rabbitSide.ts';

const topic = 'products.image.ready';
const masked = 'products.image.masked';
const ack: Settlement = { kind: 'ack' };

let server: RabbitServer;
beforeAll(async () => {
  server = await startRabbit();
});
afterAll(() => server.stop());

/** As the outbox does: again until it is delivered. @returns how often it took */
const deliver = async (broker: Broker, event: OutgoingEvent): Promise<void> => {
  for (;;) {
    try {
      await broker.publish(event);
      return;
    } catch (error) {
      if (!isExpected(error, 'broker_unreachable')) throw error;
      // The adapter fails at once while the broker is away.
      await new Promise((settle) => setTimeout(settle, 20));
    }
  }
};

it('loses none of 1000 events while the broker is killed and restarted; whoever consumes goes on', { timeout: 90_000 }, async () => {
  const broker = await openBroker({ kind: 'rabbitmq', url: server.url, clock: systemClock, backoff: { firstMs: 50, maxMs: 300 } });
  const listener = await connect(server.url).then(async (model) => {
    const channel = await model.createChannel();
    await channel.assertExchange('events', 'topic', { durable: true });
    await channel.assertQueue('listener', { durable: true });
    await channel.bindQueue('listener', 'events', masked);
    await model.close();
    return 'listener';
  });
  const consumed = new Set<string>();
  const last = Promise.withResolvers<void>();
  const inHand = Promise.withResolvers<AbortSignal>();
  await present(broker.consumer, 'consumer').subscribe({
    topics: [topic],
    prefetch: 3,
    onMessage: async ({ body }, signal) => {
      const text = new TextDecoder().decode(body);
      if (text === 'in hand at the kill' && !consumed.has(text)) {
        consumed.add(text);
        inHand.resolve(signal);
        await new Promise((settle) => signal.addEventListener('abort', settle));
        return ack;
      }
      consumed.add(`${text} ${consumed.has(text) ? 'again' : ''}`);
      if (text === 'last') last.resolve();
      return ack;
    },
  });
  const before = await RabbitSide.open(server.url, 'events');
  await before.put(topic, 'in hand at the kill');
  const signal = await inHand.promise;

  const events = Array.from({ length: 1_000 }, (_, number) => eventNumber(number));
  let delivered = 0;
  const killed = Promise.withResolvers<void>();
  const publishing = Promise.all(
    Array.from({ length: 10 }, async (_, lane) => {
      for (const event of events.filter((__, number) => number % 10 === lane)) {
        await deliver(broker, event);
        if (++delivered === 300) void server.kill().then(() => server.restart()).then(killed.resolve, killed.reject);
      }
    }),
  );
  await Promise.all([publishing, killed.promise]);
  expect(signal.aborted).toBe(true);

  const after = await RabbitSide.open(server.url, 'events');
  await after.put(topic, 'last');
  await last.promise;
  expect(consumed).toContain('in hand at the kill again');
  const received = (await after.drain(listener)).map(({ content, properties }) => {
    const { event_id: eventId } = JSON.parse(content.toString('utf8')) as { event_id: string };
    expect(properties.messageId).toBe(eventId);
    return eventId;
  });
  expect([...new Set(received)].sort()).toEqual(events.map(({ eventId }) => eventId).sort());
  await broker.close();
});

it('says why nothing is taken while memory is short, goes on consuming and acking, and publishes again after', { timeout: 90_000 }, async () => {
  const broker = await openBroker({ kind: 'rabbitmq', url: server.url, clock: systemClock, unroutable: 'warn', confirmTimeoutMs: 2_000 });
  const side = await RabbitSide.open(server.url, 'events');
  const arrivals: Arrivals = new Arrivals(() => arrivals.released);
  await present(broker.consumer, 'consumer').subscribe({ topics: [topic], prefetch: 1, onMessage: arrivals.take });
  await side.put(topic, 'one');
  await side.put(topic, 'two');
  await arrivals.taken(1);
  await broker.publish(eventNumber(1));
  await server.control('set_vm_memory_high_watermark', '0.00001');
  await expect(broker.publish(eventNumber(2))).rejects.toMatchObject({ code: 'broker_unreachable', message: expect.stringMatching(/takes no messages for now.*memory/) as string });
  await expect(broker.publish(eventNumber(2))).rejects.toMatchObject({ code: 'broker_unreachable' });
  arrivals.release(ack);
  await arrivals.settled(2);
  await server.control('set_vm_memory_high_watermark', '0.6');
  await deliver(broker, eventNumber(2));
  await broker.close();
});
