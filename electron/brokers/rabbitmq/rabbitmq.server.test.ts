import { connect } from 'amqplib';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { startTcpProxy } from '../../../e2e/services/servers/tcpProxy.ts';
import { isExpected, present } from '../../../shared/errors/errors.ts';
import type { Broker, Consumer, Settlement } from '../../../shared/ports/broker.ts';
import { systemClock } from '../../base/systemClock.ts';
import { openBroker, type RabbitOptions } from '../index.ts';
import { Arrivals } from '../testing/arrivals.ts';
import { eventNumber } from '../testing/brokerContract.ts';
import { deadLetterHeaders } from './deadLetters.ts';
import { RabbitSide } from './testing/rabbitSide.ts';

const topic = 'products.image.ready';
const otherSpelling = 'products.images.ready';
const ack: Settlement = { kind: 'ack' };
const masked = 'products.image.masked';

let side: RabbitSide;
const url = (): string => inject('rabbitUrl');
beforeEach(async () => {
  side = await RabbitSide.open(url());
});
afterEach(() => side.dispose());

const open = async (more: Partial<RabbitOptions> = {}): Promise<Broker> => {
  const broker = await openBroker({ kind: 'rabbitmq', url: url(), clock: systemClock, backoff: { firstMs: 20, maxMs: 100 }, ...side.options([topic, otherSpelling]), ...more });
  onTestFinished(() => broker.close());
  return broker;
};
const consumerOf = (broker: Broker): Consumer => present(broker.consumer, 'the consumer');
const queue = (): string => `${side.exchange}.${topic}`;

describe('publishing to RabbitMQ', () => {
  it('sends persistent JSON that says what it is', async () => {
    const listener = await side.listen(masked);
    await (await open()).publish(eventNumber(1));
    const [message] = await side.drain(listener);
    expect(message?.properties).toMatchObject({ deliveryMode: 2, messageId: eventNumber(1).eventId, correlationId: 'job-a', contentType: 'application/json' });
    expect(message?.fields).toMatchObject({ routingKey: masked, exchange: side.exchange });
  });

  it('sees that nobody listens, and delivers once somebody does', async () => {
    const broker = await open();
    await expect(broker.publish(eventNumber(1))).rejects.toMatchObject({ code: 'delivery_failed', message: expect.stringMatching(/Nobody listens to products\.image\.masked/) as string });
    const listener = await side.listen(masked);
    await broker.publish(eventNumber(1));
    expect(await side.drain(listener)).toHaveLength(1);
  });

  it('says of an event that nobody has asked for its topic, and lets it go where that is wanted', async () => {
    const broker = await open({ unroutable: 'warn' });
    expect(await broker.publish(eventNumber(1))).toBe('unheard');
    const listener = await side.listen(masked);
    expect(await broker.publish(eventNumber(2))).toBe('received');
    expect(await side.drain(listener)).toHaveLength(1);
  });

  it('tells returned events from routed ones among many at once', async () => {
    const listener = await side.listen(masked);
    const broker = await open({ unroutable: 'fail' });
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, number) => broker.publish({ ...eventNumber(number), topic: number % 5 === 0 ? 'nobody.here' : masked })));
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, (_, number) => (number % 5 === 0 ? 'rejected' : 'fulfilled')));
    expect(await side.drain(listener)).toHaveLength(40);
  });

  it('sees that a full queue refuses', async () => {
    await side.listen(masked, { arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } });
    const broker = await open();
    await broker.publish(eventNumber(1));
    await expect(broker.publish(eventNumber(2))).rejects.toMatchObject({ code: 'delivery_failed', message: expect.stringMatching(/full/) as string });
  });

  it('sends under the name that a topic has on this broker', async () => {
    const listener = await side.listen('their.name');
    await (await open({ topicNames: { [masked]: ['their.name'] } })).publish(eventNumber(1));
    const [message] = await side.drain(listener);
    expect(JSON.parse(message?.content.toString('utf8') ?? '')).toMatchObject({ _metadata: { topic: 'their.name' } });
  });

  it('says that the exchange is of another kind, and leaves it', async () => {
    const exchange = `${side.exchange}.fanout`;
    await side.channel.assertExchange(exchange, 'fanout', { durable: true });
    onTestFinished(async () => void (await connect(url()).then(async (model) => (await model.createChannel()).deleteExchange(exchange).finally(() => model.close()))));
    await expect((await open({ exchange })).publish(eventNumber(1))).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/declared otherwise/) as string });
  });

  it('goes on after its exchange was deleted under it', async () => {
    const broker = await open({ unroutable: 'warn' });
    await broker.publish(eventNumber(1));
    await side.channel.deleteExchange(side.exchange);
    await expect(broker.publish(eventNumber(2))).rejects.toMatchObject({ code: 'broker_unreachable' });
    await broker.publish(eventNumber(2));
  });

  it('fails at once where nobody is, and gives away no password', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((settle) => probe.close(settle));
    const broker = await open({ url: `amqp://someone:s%20ecret@127.0.0.1:${port}/shop` });
    expect(broker.location).toBe(`amqp://127.0.0.1:${port}/shop`);
    await expect(broker.publish(eventNumber(1))).rejects.toMatchObject({ code: 'broker_unreachable', message: expect.stringMatching(/can’t be reached/) as string });
    await expect(consumerOf(broker).subscribe({ topics: [topic], prefetch: 1, onMessage: async () => ack })).rejects.toMatchObject({ code: 'broker_unreachable' });
    expect(consumerOf(broker).isConnected()).toBe(false);
  });

  it('says that the password is wrong, without saying it', async () => {
    const wrong = new URL(url());
    wrong.password = 'opensesame';
    const error: unknown = await (await open({ url: wrong.href })).publish(eventNumber(1)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'broker_unreachable', message: expect.stringMatching(/user name or the password/) as string });
    expect(JSON.stringify([error, String((error as Error).cause)])).not.toContain('opensesame');
    await expect(openBroker({ kind: 'rabbitmq', url: 'amqp//opensesame', clock: systemClock })).rejects.toSatisfy((thrown) => !String((thrown as Error).stack).includes('opensesame'));
  });

  it('says that the virtual host is missing', async () => {
    await expect((await open({ url: `${url()}/not-there` })).publish(eventNumber(1))).rejects.toMatchObject({ code: 'broker_unreachable', message: expect.stringMatching(/virtual host/) as string });
  });
});

describe('consuming from RabbitMQ', () => {
  it('takes both spellings of a topic, each from its own queue', async () => {
    const arrivals = new Arrivals(() => ack);
    await consumerOf(await open()).subscribe({ topics: [topic], prefetch: 5, onMessage: arrivals.take });
    await side.put(topic, 'one');
    await side.put(otherSpelling, 'two');
    const messages = await arrivals.settled(2);
    expect(new Set(messages.map((message) => message.topic))).toEqual(new Set([topic]));
    expect(messages.map((message) => message.queue).sort()).toEqual([queue(), `${side.exchange}.${otherSpelling}`].sort());
  });

  it('refuses a queue that runs with other arguments, and breaks nothing', async () => {
    const options = side.options([topic]);
    await side.channel.assertQueue(queue(), { durable: true, arguments: { 'x-max-length': 9 } });
    await side.putIntoQueue(queue(), 'kept');
    const arrivals = new Arrivals(() => ack);
    await expect(consumerOf(await open(options)).subscribe({ topics: [topic], prefetch: 1, onMessage: arrivals.take })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(new RegExp(`${queue().replaceAll('.', '\\.')}.*declared otherwise`)) as string,
    });
    expect((await side.drain(queue())).map(({ content }) => content.toString())).toEqual(['kept']);
    expect(arrivals.messages).toHaveLength(0);
  });

  it('puts poison aside with its history, also when somebody puts it back by hand', async () => {
    const arrivals = new Arrivals((): Settlement => ({ kind: 'deadLetter', reason: 'no JSON' }));
    await consumerOf(await open()).subscribe({ topics: [topic], prefetch: 5, onMessage: arrivals.take });
    await side.put(topic, Buffer.from([0xff, 0x00, 0x7b]), { tenant: 'a' });
    const [first] = await side.deadLetters(queue(), 1);
    expect(first?.headers).toMatchObject({ tenant: 'a', [deadLetterHeaders.reason]: 'no JSON', [deadLetterHeaders.topic]: topic, [deadLetterHeaders.queue]: queue(), [deadLetterHeaders.count]: 1 });
    await side.putIntoQueue(queue(), Buffer.from([0xff, 0x00, 0x7b]), first?.headers);
    const [again] = await side.deadLetters(queue(), 1);
    expect(again?.headers).toMatchObject({ [deadLetterHeaders.topic]: topic, [deadLetterHeaders.count]: 2 });
    expect(arrivals.messages.map((message) => message.topic)).toEqual([topic, topic]);
    expect([...(arrivals.messages[1]?.body ?? [])]).toEqual([0xff, 0x00, 0x7b]);
  });

  it('makes a dead-letter queue again that somebody deleted', async () => {
    const arrivals = new Arrivals((): Settlement => ({ kind: 'deadLetter', reason: 'no JSON' }));
    await consumerOf(await open()).subscribe({ topics: [topic], prefetch: 5, onMessage: arrivals.take });
    await side.channel.deleteQueue(`${queue()}.dlq`);
    await side.put(topic, 'poison');
    await side.waitForQueue(`${queue()}.dlq`);
    expect(await side.deadLetters(queue(), 1)).toMatchObject([{ body: 'poison' }]);
  });

  it('declares and consumes again after somebody deleted its queue; what is in hand goes on', async () => {
    const arrivals: Arrivals = new Arrivals(() => arrivals.released);
    await consumerOf(await open()).subscribe({ topics: [topic], prefetch: 5, onMessage: arrivals.take });
    await side.put(topic, 'in hand');
    await arrivals.taken(1);
    await side.channel.deleteQueue(queue());
    await side.waitForQueue(queue());
    arrivals.release(ack);
    await side.putIntoQueue(queue(), 'after');
    await side.put(otherSpelling, 'the other queue');
    await arrivals.settled(3);
    expect(arrivals.messages.every(({ isRedelivered }) => !isRedelivered)).toBe(true);
  });

  it('notices a dead network by its heartbeat, gives up what was in hand, and gets it again once the network is back', async () => {
    const { hostname, port } = new URL(url());
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    onTestFinished(() => proxy.stop());
    const through = new URL(url());
    through.host = proxy.address;
    const broker = await open({ url: through.href, heartbeatSeconds: 1 });
    const aborted = Promise.withResolvers<void>();
    let times = 0;
    const arrivals = new Arrivals((_, signal) => {
      if (++times > 1) return ack;
      return new Promise((settle) =>
        signal.addEventListener('abort', () => {
          aborted.resolve();
          settle(ack);
        }),
      );
    });
    await consumerOf(broker).subscribe({ topics: [topic], prefetch: 1, onMessage: arrivals.take });
    await side.put(topic, 'one');
    await arrivals.taken(1);
    proxy.setMode('hang');
    await aborted.promise;
    expect(consumerOf(broker).isConnected()).toBe(false);
    proxy.setMode('refuse');
    proxy.setMode('pass');
    await arrivals.settled(2);
    expect(arrivals.messages.map(({ isRedelivered }) => isRedelivered)).toEqual([false, true]);
  });

  it('goes on after a cut, paused or not, with many messages', async () => {
    const { hostname, port } = new URL(url());
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    onTestFinished(() => proxy.stop());
    const through = new URL(url());
    through.host = proxy.address;
    const broker = await open({ url: through.href });
    const seen = new Set<string>();
    const all = Promise.withResolvers<void>();
    const subscription = await consumerOf(broker).subscribe({
      topics: [topic],
      prefetch: 4,
      onMessage: async ({ body }) => {
        const before = seen.size;
        seen.add(new TextDecoder().decode(body));
        // Once each: the cut loses the ack too, and the message comes again.
        if (seen.size > before && seen.size % 20 === 0) proxy.cut();
        if (seen.size === 100) all.resolve();
        return ack;
      },
    });
    for (let number = 0; number < 60; number++) await side.put(topic, String(number));
    await subscription.pause();
    proxy.cut();
    for (let number = 60; number < 100; number++) await side.put(topic, String(number));
    await subscription.resume();
    await all.promise;
    expect(seen.size).toBe(100);
  });

  it('answers whoever asks for depths, wherever in the answer the connection is lost', async () => {
    const { hostname, port } = new URL(url());
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    onTestFinished(() => proxy.stop());
    const through = new URL(url());
    through.host = proxy.address;
    await consumerOf(await open()).subscribe({ topics: [topic], prefetch: 1, onMessage: () => Promise.resolve(ack) });
    const broker = await open({ url: through.href, backoff: { firstMs: 10, maxMs: 50 } });
    const consumer = consumerOf(broker);
    const answered = async (): Promise<boolean> => {
      try {
        await consumer.depths([topic]);
        return true;
      } catch (error) {
        if (!isExpected(error, 'broker_unreachable')) throw error;
        return false;
      }
    };
    for (let bytes = 2; bytes <= 300; bytes += 6) {
      while (!(await answered())) await new Promise((settle) => setTimeout(settle, 5));
      proxy.cutAfter(bytes, 'toClient');
      await answered();
    }
    proxy.cutAfter(null);
    while (!(await answered())) await new Promise((settle) => setTimeout(settle, 5));
  });
});
