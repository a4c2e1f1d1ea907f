import type { Channel, ChannelModel } from 'amqplib';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { closeChannel } from './closeChannel.ts';
import { declarationFault, replyCodeOf, replyCodes } from './faults.ts';
import { deadLetterQueue, type TopicQueue } from './topicNames.ts';

/**
 * Runs one request on a channel of its own, since a refusal closes the channel that it came on.
 * @throws the refusal, with AMQP's reply code in `code`
 */
export const onScratchChannel = async <T>(model: ChannelModel, request: (channel: Channel) => Promise<T>): Promise<T> => {
  const channel = await model.createChannel();
  // The refusal itself comes as the request's rejection.
  channel.on('error', () => undefined);
  const result = await request(channel);
  await closeChannel(channel);
  return result;
};

/**
 * Declares; where this user may only use what others declared, makes sure that it is there.
 * @throws ExpectedError invalid_input (declared otherwise), permission_denied, broker_unreachable
 */
const declareOrFind = async (model: ChannelModel, what: string, location: string, declare: (channel: Channel) => Promise<unknown>, find: (channel: Channel) => Promise<unknown>): Promise<void> => {
  try {
    await onScratchChannel(model, declare);
  } catch (error) {
    if (replyCodeOf(error) !== replyCodes.accessRefused) throw declarationFault(error, what, location);
    await onScratchChannel(model, find).catch((missing: unknown) => {
      const isMissing = replyCodeOf(missing) === replyCodes.notFound;
      throw isMissing ? new ExpectedError('permission_denied', `${what} at ${location} is not there, and this user may not declare it.`, { cause: error }) : declarationFault(missing, what, location);
    });
  }
};

export const declareExchange = (model: ChannelModel, exchange: string, location: string): Promise<void> =>
  declareOrFind(
    model,
    `The exchange ${exchange}`,
    location,
    (channel) => channel.assertExchange(exchange, 'topic', { durable: true }),
    (channel) => channel.checkExchange(exchange),
  );

/** Durable and without arguments, as every subscriber declares it (contracts.md B). */
export const declareQueue = (model: ChannelModel, queue: string, location: string): Promise<void> =>
  declareOrFind(
    model,
    `The queue ${queue}`,
    location,
    (channel) => channel.assertQueue(queue, { durable: true }),
    (channel) => channel.checkQueue(queue),
  );

/** A topic's queue, bound, and the queue of its poison. @throws as declareOrFind */
export const declareTopic = async (model: ChannelModel, { queue, name }: TopicQueue, exchange: string, location: string): Promise<void> => {
  await declareQueue(model, queue, location);
  await declareQueue(model, deadLetterQueue(queue), location);
  await onScratchChannel(model, (channel) => channel.bindQueue(queue, exchange, name)).catch((error: unknown) => {
    throw declarationFault(error, `The binding of ${queue} to ${exchange}`, location);
  });
};
