import type { ChannelModel } from 'amqplib';
import { createLogger } from '../../base/logger.ts';
import { BugError, ExpectedError } from '../../../shared/errors/errors.ts';
import type { Broker, Consumer, OutgoingEvent, QueueDepth, Receipt } from '../../../shared/ports/broker.ts';
import { parseAddress } from './address.ts';
import { ConfirmedPublisher } from './confirmedPublisher.ts';
import { putAside } from './deadLetters.ts';
import { replyCodeOf, replyCodes, unreachable } from './faults.ts';
import { rabbitDefaults, type RabbitOptions } from './options.ts';
import { RabbitConnection, type ConnectionSettings } from './rabbitConnection.ts';
import { sortDeadLetters } from './sortDeadLetters.ts';
import { RabbitSubscription } from './subscription.ts';
import { createTopicNames, deadLetterQueue } from './topicNames.ts';
import { declareExchange, declareQueue, declareTopic, onScratchChannel } from './topology.ts';

/**
 * RabbitMQ (AMQP 0-9-1), with the names of contracts.md B. Opening does not wait for a connection: a broker that is away is met when
 * something is published or subscribed to. Two connections, each made when it is first needed: one that publishes too much is stopped by the broker as a whole
 * (rabbitmq.com/docs/connection-blocked), and acks must go on then. @throws ExpectedError usage
 */
export const openRabbitBroker = async (options: RabbitOptions): Promise<Broker> => {
  const address = parseAddress(options.url);
  const { location } = address;
  const { clock } = options;
  const logger = options.logger ?? createLogger('rabbitmq');
  const exchange = options.exchange ?? rabbitDefaults.exchange;
  const backoff = options.backoff ?? rabbitDefaults.backoff;
  const unroutable = options.unroutable ?? rabbitDefaults.unroutable;
  const names = createTopicNames(options);
  const settingsFor = (purpose: string): ConnectionSettings => ({
    address,
    tls: options.tls ?? {},
    name: `${options.connectionName ?? rabbitDefaults.connectionName} ${purpose}`,
    connectTimeoutMs: options.connectTimeoutMs ?? rabbitDefaults.connectTimeoutMs,
    heartbeatSeconds: options.heartbeatSeconds ?? rabbitDefaults.heartbeatSeconds,
    backoff,
    logger,
  });

  const subscriptions = new Set<RabbitSubscription>();
  let isClosed = false;
  let outgoing: { readonly connection: RabbitConnection; readonly publisher: ConfirmedPublisher } | null = null;
  let incoming: RabbitConnection | null = null;
  const refuseWhenClosed = (): void => {
    if (isClosed) throw new BugError('The RabbitMQ broker has been closed');
  };
  const publisherNow = (): ConfirmedPublisher => {
    refuseWhenClosed();
    if (outgoing === null) {
      const connection = new RabbitConnection(settingsFor('publishing'));
      const prepare = async (): Promise<void> => declareExchange(await connection.model(), exchange, location);
      outgoing = { connection, publisher: new ConfirmedPublisher({ connection, location, timeoutMs: options.confirmTimeoutMs ?? rabbitDefaults.confirmTimeoutMs, prepare }) };
    }
    return outgoing.publisher;
  };
  const consumingConnection = (): RabbitConnection => {
    refuseWhenClosed();
    incoming ??= new RabbitConnection(settingsFor('consuming'), () => {
      for (const subscription of subscriptions) subscription.reconnected();
    });
    return incoming;
  };

  const unheardTopics = new Set<string>();

  const publish = async (event: OutgoingEvent): Promise<Receipt> => {
    const name = names.outgoing(event.topic);
    const timestampMs = clock.nowMs();
    const body = { ...event.payload, _metadata: { timestamp: new Date(timestampMs).toISOString(), correlation_id: event.correlationId, topic: name } };
    const delivery = await publisherNow().publish(exchange, name, Buffer.from(JSON.stringify(body)), {
      messageId: event.eventId,
      // AMQP keeps at most 255 bytes of it as a property; a job's id in another script can be longer. The body has it in any case.
      ...(Buffer.byteLength(event.correlationId) <= 255 ? { correlationId: event.correlationId } : {}),
      contentType: 'application/json',
      contentEncoding: 'utf-8',
      // AMQP counts seconds.
      timestamp: Math.floor(timestampMs / 1000),
    });
    if (delivery === 'routed') return 'received';
    const sentence = `Nobody listens to ${name}: no queue is bound to the exchange ${exchange} at ${location} for it.`;
    if (unroutable === 'fail') throw new ExpectedError('delivery_failed', `${sentence} It waits until somebody does, and later events of its kind with it; start the service that takes it, or set unroutable = "warn" if none is meant to.`);
    // Once a topic: the metric counts the others.
    logger[unheardTopics.has(name) ? 'debug' : 'warn']({ event_id: event.eventId, topic: name, job_id: event.correlationId }, `${sentence} The event is gone.`);
    unheardTopics.add(name);
    return 'unheard';
  };

  const subscribe: Consumer['subscribe'] = async (wanted) => {
    const connection = consumingConnection();
    const declareAside = async (queue: string): Promise<void> => declareQueue(await connection.model(), queue, location);
    const subscription = new RabbitSubscription({
      connection,
      queues: names.incoming(wanted.topics),
      options: wanted,
      location,
      backoff,
      logger,
      declare: async (model, queue) => {
        await declareExchange(model, exchange, location);
        await declareTopic(model, queue, exchange, location);
      },
      putAside: (message, queue, reason) => putAside({ publisher: publisherNow(), clock, declare: declareAside }, message, queue, reason),
    });
    await subscription.start();
    subscriptions.add(subscription);
    return subscription;
  };

  const readyIn = async (model: ChannelModel, queue: string): Promise<number> => {
    try {
      return (await onScratchChannel(model, (channel) => channel.checkQueue(queue))).messageCount;
    } catch (error) {
      // Nobody has declared it: nothing waits in it.
      if (replyCodeOf(error) === replyCodes.notFound) return 0;
      throw unreachable(error, location);
    }
  };

  const depths: Consumer['depths'] = async (topics) => {
    const model = await consumingConnection().model();
    const found: QueueDepth[] = [];
    for (const { name, queue } of names.incoming(topics)) found.push({ topic: name, queue, ready: await readyIn(model, queue), deadLettered: await readyIn(model, deadLetterQueue(queue)) });
    return found;
  };

  return {
    location,
    publish,
    consumer: {
      subscribe,
      depths,
      sortDeadLetters: async (topics, decide) => sortDeadLetters({ model: await consumingConnection().model(), publisher: publisherNow, location }, names.incoming(topics), decide),
      isConnected: () => (incoming ?? outgoing?.connection)?.isOpen ?? false,
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await Promise.all([incoming?.close(), outgoing?.connection.close()]);
    },
  };
};
