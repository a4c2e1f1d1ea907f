import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage, type GetMessage } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { deadLetterHeaders } from '../deadLetters.ts';
import type { RabbitOptions } from '../options.ts';
import { deadLetterQueue } from '../topicNames.ts';

/** The other side of a broker in a test: another service's publishers and subscribers, by the client alone, in an exchange and queues of the test's own. */
export class RabbitSide {
  readonly exchange: string;
  readonly #model: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #queues = new Set<string>();

  private constructor(model: ChannelModel, channel: ConfirmChannel, exchange: string) {
    this.#model = model;
    this.#channel = channel;
    this.exchange = exchange;
  }

  static async open(url: string, exchange = `test-${randomUUID()}`): Promise<RabbitSide> {
    const model = await connect(url);
    // A server that a test kills is not this side's trouble.
    model.on('error', () => undefined);
    const channel = await model.createConfirmChannel();
    channel.on('error', () => undefined);
    await channel.assertExchange(exchange, 'topic', { durable: true });
    return new RabbitSide(model, channel, exchange);
  }

  get channel(): ConfirmChannel {
    return this.#channel;
  }

  /** Settings of an adapter that shares nothing with other tests. @param topics whose queues are to have names of their own */
  options(topics: readonly string[]): Pick<RabbitOptions, 'exchange' | 'queueNames'> {
    const queueNames = Object.fromEntries(topics.map((topic) => [topic, `${this.exchange}.${topic}`]));
    for (const queue of Object.values(queueNames)) this.#queues.add(queue).add(deadLetterQueue(queue));
    return { exchange: this.exchange, queueNames };
  }

  /** A subscriber's queue. */
  async listen(topic: string, options: { readonly arguments?: Readonly<Record<string, unknown>> } = {}): Promise<string> {
    const queue = `${this.exchange}.listener.${topic}`;
    this.#queues.add(queue);
    await this.#channel.assertQueue(queue, { durable: true, ...options });
    await this.#channel.bindQueue(queue, this.exchange, topic);
    return queue;
  }

  async put(topic: string, body: string | Buffer, headers: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.#channel.publish(this.exchange, topic, Buffer.from(body), { persistent: true, headers });
    await this.#channel.waitForConfirms();
  }

  async putIntoQueue(queue: string, body: string | Buffer, headers: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.#channel.sendToQueue(queue, Buffer.from(body), { persistent: true, headers });
    await this.#channel.waitForConfirms();
  }

  /** Takes all that is in a queue. */
  async drain(queue: string): Promise<readonly GetMessage[]> {
    const messages: GetMessage[] = [];
    for (;;) {
      const message = await this.#channel.get(queue, { noAck: true });
      if (message === false) return messages;
      messages.push(message);
    }
  }

  /** Takes so many messages out of a queue, as soon as they are there. */
  async take(queue: string, count: number): Promise<readonly ConsumeMessage[]> {
    const messages: ConsumeMessage[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const { consumerTag } = await this.#channel.consume(
      queue,
      (message) => {
        if (message !== null) messages.push(message);
        if (messages.length >= count) resolve();
      },
      { noAck: true },
    );
    await promise;
    await this.#channel.cancel(consumerTag);
    return messages;
  }

  async deadLetters(queue: string, count: number): Promise<readonly { readonly body: string; readonly reason: string; readonly headers: Readonly<Record<string, unknown>> }[]> {
    return (await this.take(deadLetterQueue(queue), count)).map(({ content, properties }) => {
      const headers = (properties.headers ?? {}) as Readonly<Record<string, unknown>>;
      return { body: content.toString('utf8'), reason: String(headers[deadLetterHeaders.reason]), headers };
    });
  }

  /** Until somebody has declared it (and, where they consume, does): asked again and again, on channels that a "no" closes. */
  async waitForQueue(queue: string): Promise<void> {
    for (;;) {
      const channel = await this.#model.createChannel();
      channel.on('error', () => undefined);
      try {
        await channel.checkQueue(queue);
        return await channel.close();
      } catch (error) {
        if ((error as { readonly code?: number }).code !== 404) throw error;
      }
    }
  }

  async dispose(): Promise<void> {
    for (const queue of this.#queues) await this.#channel.deleteQueue(queue);
    await this.#channel.deleteExchange(this.exchange);
    await this.#model.close();
  }
}
