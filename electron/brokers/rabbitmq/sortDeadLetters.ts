import type { Channel, ChannelModel, GetMessage, Options } from 'amqplib';
import { sha256Hex } from '../../base/hash.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { DeadLetter, DeadLetterFate } from '../../../shared/ports/broker.ts';
import type { ConfirmedPublisher } from './confirmedPublisher.ts';
import { deadLetterHeaders, keptProperties } from './deadLetters.ts';
import { consumeFault, replyCodeOf, replyCodes } from './faults.ts';
import { deadLetterQueue, type TopicQueue } from './topicNames.ts';
import { onScratchChannel } from './topology.ts';

interface Parts {
  readonly model: ChannelModel;
  readonly publisher: () => ConfirmedPublisher;
  readonly location: string;
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const letterOf = ({ content, properties }: GetMessage, { name, queue }: TopicQueue): DeadLetter => {
  const headers = (properties.headers ?? {}) as Readonly<Record<string, unknown>>;
  const since = textOrNull(headers[deadLetterHeaders.time]);
  const times = headers[deadLetterHeaders.count];
  return {
    letterId: sha256Hex(Buffer.concat([content, Buffer.from(`\0${queue}\0${since}\0${String(properties.messageId)}`)])).slice(0, 12),
    topic: name,
    queue,
    body: content,
    reason: textOrNull(headers[deadLetterHeaders.reason]),
    since,
    times: typeof times === 'number' ? times : null,
  };
};

/** Back as it came: its headers go with it, so that its topic is known and a second failure is counted. */
const putBack = async ({ publisher, location }: Parts, { content, properties }: GetMessage, queue: string): Promise<void> => {
  const kept = Object.fromEntries(keptProperties.map((name) => [name, properties[name] as unknown]).filter(([, value]) => value !== undefined)) as Options.Publish;
  const delivery = await publisher().publish('', queue, content, { ...kept, headers: (properties.headers ?? {}) as Readonly<Record<string, unknown>> });
  if (delivery === 'unroutable') throw new ExpectedError('delivery_failed', `There is no queue ${queue} at ${location} to put a message back into: start a worker, which makes it. The message stays in ${deadLetterQueue(queue)}.`);
};

/** @returns false once it is to stop */
const sortOne = async (parts: Parts, channel: Channel, message: GetMessage, queue: TopicQueue, decide: (letter: DeadLetter) => DeadLetterFate): Promise<boolean> => {
  const fate = decide(letterOf(message, queue));
  if (fate === 'replay') await putBack(parts, message, queue.queue);
  if (fate === 'replay' || fate === 'drop') channel.ack(message);
  return fate !== 'stop';
};

/** @returns false once it is to stop */
const sortQueue = async (parts: Parts, channel: Channel, queue: TopicQueue, decide: (letter: DeadLetter) => DeadLetterFate): Promise<boolean> => {
  const name = deadLetterQueue(queue.queue);
  const { messageCount } = await channel.checkQueue(name);
  try {
    // Those that were there: what is replayed and fails again comes behind them.
    for (let left = messageCount; left > 0; left--) {
      const message = await channel.get(name, { noAck: false });
      if (message === false) return true;
      if (!(await sortOne(parts, channel, message, queue, decide))) return false;
    }
    return true;
  } finally {
    // Into their old places. The question after it is answered when that is done, and those who look next see them.
    channel.nackAll(true);
    await channel.checkQueue(name);
  }
};

/** {@link Consumer.sortDeadLetters}, with basic.get and manual acknowledgement: a program that dies meanwhile loses nothing, its channel's messages go back. */
export const sortDeadLetters = async (parts: Parts, queues: readonly TopicQueue[], decide: (letter: DeadLetter) => DeadLetterFate): Promise<void> => {
  for (const queue of queues) {
    try {
      if (!(await onScratchChannel(parts.model, (channel) => sortQueue(parts, channel, queue, decide)))) return;
    } catch (error) {
      // Nobody has declared it: nothing lies in it.
      if (replyCodeOf(error) === replyCodes.notFound) continue;
      throw isExpected(error) ? error : consumeFault(error, deadLetterQueue(queue.queue), parts.location);
    }
  }
};
