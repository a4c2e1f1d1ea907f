import type { Channel } from 'amqplib';

/**
 * Ends a channel. The client answers its own close with the broker's word alone: where the connection is lost before that comes, it would be waited for
 * without end, though the channel is gone then as well.
 * @throws where it was closed already
 */
export const closeChannel = async (channel: Channel): Promise<void> => {
  const gone = new Promise<void>((settle) => channel.once('close', () => settle()));
  await Promise.race([channel.close(), gone]);
};
