import type { ConfirmChannel, Message, Options } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { ExpectedError, sentenceOf } from '../../../shared/errors/errors.ts';
import type { RabbitConnection } from './rabbitConnection.ts';

/** routed: a queue has it, on disk where it is durable. unroutable: the exchange knows no queue for it; it is gone. */
export type Delivery = 'routed' | 'unroutable';

interface Parts {
  readonly connection: RabbitConnection;
  readonly location: string;
  readonly timeoutMs: number;
  /** Run once on every new connection before something is published on it. */
  readonly prepare: (connection: RabbitConnection) => Promise<void>;
}

/** Mark of a message on its way, in its headers: what comes back as unroutable is told by it. */
const markHeader = 'x-maskdesk-attempt';

/** Publishes with the broker's confirm (rabbitmq.com/docs/confirms), many at once over one channel, in the order of the calls. */
export class ConfirmedPublisher {
  readonly #parts: Parts;
  #channel: Promise<ConfirmChannel> | null = null;
  readonly #returned = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param exchange '' for straight into the queue that `routingKey` names
   * @throws ExpectedError delivery_failed (the broker refused it), broker_unreachable (whether it arrived is not known)
   */
  async publish(exchange: string, routingKey: string, content: Uint8Array, properties: Options.Publish): Promise<Delivery> {
    const channel = await this.#open();
    const mark = randomUUID();
    const { location, timeoutMs, connection } = this.#parts;
    const takesNothing = (): ExpectedError => new ExpectedError('broker_unreachable', `RabbitMQ at ${location} takes no messages for now: ${connection.blockedBecause}.`);
    // What is sent meanwhile would pile up in its socket, once more with each attempt.
    if (connection.blockedBecause !== null) throw takesNothing();
    return new Promise<Delivery>((settle, fail) => {
      const timer = setTimeout(() => {
        fail(connection.blockedBecause === null ? new ExpectedError('broker_unreachable', `RabbitMQ at ${location} did not confirm within ${timeoutMs} ms.`) : takesNothing());
      }, timeoutMs);
      const confirmed = (error: Error | null): void => {
        clearTimeout(timer);
        // The return of an unroutable message comes before its confirm.
        const cameBack = this.#returned.delete(mark);
        if (error === null) settle(cameBack ? 'unroutable' : 'routed');
        else fail(refusal(error, routingKey, location));
      };
      try {
        channel.publish(exchange, routingKey, Buffer.from(content.buffer, content.byteOffset, content.byteLength), { ...properties, persistent: true, mandatory: true, headers: { ...(properties.headers as object | undefined), [markHeader]: mark } }, confirmed);
      } catch (error) {
        clearTimeout(timer);
        fail(error instanceof RangeError ? error : refusal(error as Error, routingKey, location));
      }
    });
  }

  async #open(): Promise<ConfirmChannel> {
    const opening = (this.#channel ??= this.#make());
    try {
      return await opening;
    } catch (error) {
      if (this.#channel === opening) this.#channel = null;
      throw error;
    }
  }

  async #make(): Promise<ConfirmChannel> {
    const { connection, prepare } = this.#parts;
    const model = await connection.model();
    await prepare(connection);
    const channel = await model.createConfirmChannel().catch((error: unknown) => {
      throw refusal(error as Error, '', this.#parts.location);
    });
    // What it says is also said to each message that waits for its confirm.
    channel.on('error', () => undefined);
    channel.on('return', ({ properties }: Message) => this.#returned.add(String((properties.headers as Record<string, unknown> | undefined)?.[markHeader])));
    channel.once('close', () => {
      this.#channel = null;
      this.#returned.clear();
    });
    return channel;
  }
}

/** "message nacked" and "channel closed" are the client's own words (amqplib, lib/channel.js). */
const refusal = (error: Error, routingKey: string, location: string): ExpectedError =>
  error.message === 'message nacked'
    ? new ExpectedError('delivery_failed', `RabbitMQ at ${location} refused a message for ${routingKey}: a queue that it belongs to is full, or could not take it.`, { cause: error })
    : new ExpectedError('broker_unreachable', `The connection to RabbitMQ at ${location} was lost before the broker confirmed: ${sentenceOf(error)}.`, { cause: error });
