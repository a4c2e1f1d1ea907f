import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../base/logger.ts';
import { Mutex } from '../../base/mutex.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { SubscribeOptions, Subscription } from '../../../shared/ports/broker.ts';
import { pauseMs } from './backoff.ts';
import { closeChannel } from './closeChannel.ts';
import { consumeFault, replyCodeOf, replyCodes, unreachable } from './faults.ts';
import type { RabbitBackoff } from './options.ts';
import type { RabbitConnection } from './rabbitConnection.ts';
import type { TopicQueue } from './topicNames.ts';

export interface SubscriptionParts {
  readonly connection: RabbitConnection;
  readonly queues: readonly TopicQueue[];
  readonly options: SubscribeOptions;
  readonly location: string;
  readonly backoff: RabbitBackoff;
  readonly logger: Logger;
  /** Exchange, queue, binding, dead-letter queue. */
  readonly declare: (model: ChannelModel, queue: TopicQueue) => Promise<void>;
  readonly putAside: (message: ConsumeMessage, queue: string, reason: string) => Promise<void>;
}

/** One life of a channel: what was handed out on it can be settled on it alone. */
interface Session {
  readonly model: ChannelModel;
  readonly channel: Channel;
  readonly lost: AbortController;
  /** Consumer tags by queue, of those that consume now. */
  readonly tags: Map<string, string>;
}

/** A message whose handler broke, by a fault of ours, is not handed out again in the same instant. */
const faultPauseMs = 1_000;

/** Consumes from several queues over one channel, whose prefetch they share; begins anew after every loss, until it is stopped. */
export class RabbitSubscription implements Subscription {
  readonly #parts: SubscriptionParts;
  readonly #turn = new Mutex();
  #wanted: 'running' | 'paused' | 'stopped' = 'running';
  #session: Session | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  /** @throws ExpectedError as Consumer.subscribe; it is stopped then */
  async start(): Promise<void> {
    try {
      await this.#turn.run(() => this.#reconcile());
    } catch (error) {
      this.#wanted = 'stopped';
      throw error;
    }
  }

  /** The connection stands again. */
  reconnected(): void {
    if (this.#wanted === 'running') this.#soon(0);
  }

  async pause(): Promise<void> {
    if (this.#wanted === 'running') this.#wanted = 'paused';
    await this.#turn.run(() => this.#reconcile());
  }

  async resume(): Promise<void> {
    if (this.#wanted === 'stopped') return;
    this.#wanted = 'running';
    // A broker that is away now will be consumed from once it is back.
    await this.#turn.run(() => this.#reconcile()).catch((error: unknown) => this.#failed(error));
  }

  async stop(): Promise<void> {
    this.#wanted = 'stopped';
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#turn.run(() => this.#reconcile());
  }

  /** Brings what consumes in line with what is wanted. */
  async #reconcile(): Promise<void> {
    if (this.#wanted !== 'running') return this.#cancelAll();
    const session = this.#session ?? (await this.#openSession());
    try {
      for (const queue of this.#parts.queues) if (!session.tags.has(queue.queue)) await this.#consume(session, queue);
    } catch (error) {
      await this.#drop(session);
      throw error;
    }
    this.#failures = 0;
  }

  async #cancelAll(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    for (const [queue, tag] of session.tags) {
      session.tags.delete(queue);
      // A channel that is gone consumes no more either.
      await session.channel.cancel(tag).catch(() => undefined);
    }
  }

  async #openSession(): Promise<Session> {
    const { connection, queues, declare, location, options } = this.#parts;
    const model = await connection.model();
    try {
      for (const queue of queues) await declare(model, queue);
      const channel = await this.#limitedChannel(model, options.prefetch);
      const session: Session = { model, channel, lost: new AbortController(), tags: new Map() };
      channel.once('close', () => this.#lost(session));
      this.#session = session;
      return session;
    } catch (error) {
      throw isExpected(error) ? error : unreachable(error, location);
    }
  }

  /** The limit is the channel's, over all of its consumers. Brokers that don't know such a limit (quorum queues) get a share for each. */
  async #limitedChannel(model: ChannelModel, prefetch: number): Promise<Channel> {
    const channel = await model.createChannel();
    channel.on('error', (error) => this.#parts.logger.warn({ err: error, broker: this.#parts.location }, 'RabbitMQ closed a channel'));
    try {
      await channel.prefetch(prefetch, true);
      return channel;
    } catch (error) {
      if (replyCodeOf(error) !== replyCodes.notImplemented) throw error;
    }
    const shared = await model.createChannel();
    shared.on('error', (error) => this.#parts.logger.warn({ err: error, broker: this.#parts.location }, 'RabbitMQ closed a channel'));
    await shared.prefetch(Math.max(1, Math.floor(prefetch / this.#parts.queues.length)), false);
    return shared;
  }

  async #consume(session: Session, queue: TopicQueue): Promise<void> {
    const { consumerTag } = await session.channel
      .consume(queue.queue, (message) => {
        if (message === null) this.#cancelledByBroker(session, queue);
        else void this.#handle(session, queue, message);
      })
      .catch((error: unknown) => {
        throw consumeFault(error, queue.queue, this.#parts.location);
      });
    session.tags.set(queue.queue, consumerTag);
  }

  /** The queue was deleted, or its node went away: it is declared and consumed from again; what else is in hand goes on. */
  #cancelledByBroker(session: Session, queue: TopicQueue): void {
    session.tags.delete(queue.queue);
    this.#parts.logger.warn({ queue: queue.queue, broker: this.#parts.location }, 'RabbitMQ cancelled a consumer; consuming again');
    this.#turn
      .run(async () => {
        if (this.#session !== session || this.#wanted !== 'running') return;
        await this.#parts.declare(session.model, queue);
        await this.#reconcile();
      })
      .catch((error: unknown) => this.#failed(error));
  }

  #lost(session: Session): void {
    session.tags.clear();
    session.lost.abort();
    if (this.#session === session) this.#session = null;
    // Where the connection is lost too, its return starts us again.
    if (this.#wanted === 'running' && this.#parts.connection.isOpen) this.#soon(pauseMs(this.#parts.backoff, ++this.#failures));
  }

  /** Ends a channel that can't do what is wanted; the broker hands out again what was in hand on it. */
  async #drop(session: Session): Promise<void> {
    // Already closed, most often, by what went wrong on it.
    await closeChannel(session.channel).catch(() => undefined);
    this.#lost(session);
  }

  #failed(error: unknown): void {
    // A connection that is lost says so itself, and its return starts us again.
    if (this.#wanted !== 'running' || !this.#parts.connection.isOpen) return;
    this.#parts.logger.warn({ err: error, broker: this.#parts.location }, 'could not consume; trying again');
    this.#soon(pauseMs(this.#parts.backoff, ++this.#failures));
  }

  #soon(inMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#wanted !== 'running') return;
      this.#turn.run(() => this.#reconcile()).catch((error: unknown) => this.#failed(error));
    }, inMs);
  }

  async #handle(session: Session, { topic, queue }: TopicQueue, message: ConsumeMessage): Promise<void> {
    const { options, putAside, logger } = this.#parts;
    const { signal } = session.lost;
    try {
      const settlement = await options.onMessage({ topic, queue, body: message.content, isRedelivered: message.fields.redelivered }, signal);
      if (signal.aborted) return;
      if (settlement.kind === 'requeue') return session.channel.nack(message, false, true);
      if (settlement.kind === 'deadLetter') await putAside(message, queue, settlement.reason);
      // The channel may have been lost while it was put aside: the message comes again, and goes there twice rather than never.
      if (!signal.aborted) session.channel.ack(message);
    } catch (error) {
      if (signal.aborted) return;
      logger[isExpected(error) ? 'warn' : 'error']({ err: error, queue }, 'a message could not be settled; it goes back to its queue');
      await wait(faultPauseMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) session.channel.nack(message, false, true);
    }
  }
}
