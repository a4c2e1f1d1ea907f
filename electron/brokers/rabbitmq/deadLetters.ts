import type { ConsumeMessage, Options } from 'amqplib';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ConfirmedPublisher } from './confirmedPublisher.ts';
import { deadLetterQueue } from './topicNames.ts';

/** What a message in `<queue>.dlq` says of itself, in its headers. The body is untouched, so that it can be put back as it is. */
export const deadLetterHeaders = {
  reason: 'x-maskdesk-reason',
  /** Routing key under which it first came. */
  topic: 'x-maskdesk-topic',
  queue: 'x-maskdesk-queue',
  /** ISO 8601. */
  time: 'x-maskdesk-time',
  /** How often it was put here: more than once where somebody put it back and it failed again. */
  count: 'x-maskdesk-count',
} as const;

const longestReason = 2_000;

/** What goes with a message from queue to queue. */
export const keptProperties = ['messageId', 'correlationId', 'contentType', 'contentEncoding', 'type'] as const;

interface Parts {
  readonly publisher: ConfirmedPublisher;
  readonly clock: Clock;
  /** Makes a dead-letter queue that somebody removed. */
  readonly declare: (queue: string) => Promise<void>;
}

/** Puts a message into its dead-letter queue; once this resolves the broker has it on disk there. @throws ExpectedError delivery_failed, broker_unreachable */
export const putAside = async ({ publisher, clock, declare }: Parts, message: ConsumeMessage, queue: string, reason: string): Promise<void> => {
  const earlier = (message.properties.headers ?? {}) as Readonly<Record<string, unknown>>;
  const count = earlier[deadLetterHeaders.count];
  const ours = {
    [deadLetterHeaders.reason]: reason.slice(0, longestReason),
    [deadLetterHeaders.topic]: earlier[deadLetterHeaders.topic] ?? message.fields.routingKey,
    [deadLetterHeaders.queue]: queue,
    [deadLetterHeaders.time]: new Date(clock.nowMs()).toISOString(),
    [deadLetterHeaders.count]: (typeof count === 'number' ? count : 0) + 1,
  };
  const { properties } = message;
  const kept = Object.fromEntries(keptProperties.map((name) => [name, properties[name] as unknown]).filter(([, value]) => value !== undefined)) as Options.Publish;
  const target = deadLetterQueue(queue);
  const send = async (headers: Readonly<Record<string, unknown>>): Promise<void> => {
    if ((await publisher.publish('', target, message.content, { ...kept, headers })) === 'routed') return;
    await declare(target);
    if ((await publisher.publish('', target, message.content, { ...kept, headers })) === 'routed') return;
    throw new ExpectedError('delivery_failed', `There is no queue ${target} to put a message aside in.`);
  };
  try {
    await send({ ...earlier, ...ours });
  } catch (error) {
    // Headers beyond what a frame holds, 64 KiB: those that it came with stay behind.
    if (!(error instanceof RangeError)) throw error;
    await send(ours);
  }
};
