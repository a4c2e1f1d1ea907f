import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { eventually } from './eventually.ts';
import type { PlannedMessage } from './stream.ts';

/** One of the pipeline's own services at RabbitMQ: plain client, no adapter of ours; comes back after every restart of the broker. */
export class PipelineBroker {
  readonly #url: string;
  #opening: Promise<{ readonly model: ChannelModel; readonly channel: ConfirmChannel }> | null = null;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
  }

  #open() {
    this.#opening ??= this.#connect().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #connect() {
    const model = await connect(this.#url, { timeout: 5_000 });
    model.on('error', () => undefined);
    model.once('close', () => (this.#opening = null));
    const channel = await model.createConfirmChannel();
    channel.on('error', () => undefined);
    // A refused declaration closes the channel alone.
    channel.once('close', () => (this.#opening = null));
    await channel.assertExchange('events', 'topic', { durable: true });
    return { model, channel };
  }

  /** Until the broker has it; it may have it twice. */
  publish({ topic, body }: PlannedMessage): Promise<void> {
    return eventually(async () => {
      const { channel } = await this.#open();
      await new Promise<void>((settle, fail) => channel.publish('events', topic, Buffer.from(body), { persistent: true }, (error) => (error === null || error === undefined ? settle() : fail(error as Error))));
    });
  }

  /** Declares `queue.<topic>` of a subscriber, bound. */
  declare(topics: readonly string[]): Promise<void> {
    return eventually(async () => {
      const { channel } = await this.#open();
      for (const topic of topics) {
        await channel.assertQueue(`queue.${topic}`, { durable: true });
        await channel.bindQueue(`queue.${topic}`, 'events', topic);
      }
    });
  }

  /** Consumes one after another for as long as it is open; acked once `take` is through. */
  async consume(queue: string, take: (message: ConsumeMessage) => Promise<void>): Promise<void> {
    await eventually(async () => {
      const { channel } = await this.#open();
      channel.once('close', () => {
        if (!this.#isClosed) void this.consume(queue, take);
      });
      let last = Promise.resolve();
      await channel.consume(queue, (message) => {
        if (message === null) return;
        last = last.then(async () => {
          await take(message);
          channel.ack(message);
          // A channel that is gone gives the message again.
        }).catch(() => undefined);
      });
    });
  }

  /** Takes everything that lies in a queue now, for good. Empty where there is no such queue. */
  drain(queue: string): Promise<readonly string[]> {
    return eventually(async () => {
      const { model } = await this.#open();
      const channel = await model.createChannel();
      channel.on('error', () => undefined);
      const bodies: string[] = [];
      try {
        await channel.checkQueue(queue);
      } catch (error) {
        if ((error as { readonly code?: number }).code === 404) return [];
        throw error;
      }
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (message === false) break;
        bodies.push(message.content.toString('utf8'));
      }
      await channel.close();
      return bodies;
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const opened = await this.#opening?.catch(() => null);
    await opened?.model.close().catch(() => undefined);
  }
}
