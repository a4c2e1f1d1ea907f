import { inject } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import type { Broker } from '../../../shared/ports/broker.ts';
import { openBroker } from '../index.ts';
import { brokerContract } from '../testing/brokerContract.ts';
import { consumerContract } from '../testing/consumerContract.ts';
import { RabbitSide } from './testing/rabbitSide.ts';

const topics = ['products.image.ready', 'products.images.ready', 'products.images.ready.batch'] as const;

const makeSide = async () => {
  const url = inject('rabbitUrl');
  const side = await RabbitSide.open(url);
  const opened: Broker[] = [];
  const openOne = async (): Promise<Broker> => {
    const broker = await openBroker({ kind: 'rabbitmq', url, clock: systemClock, ...side.options(topics) });
    opened.push(broker);
    return broker;
  };
  const dispose = async (): Promise<void> => {
    for (const broker of opened) await broker.close();
    await side.dispose();
  };
  return { side, openOne, dispose };
};

brokerContract('RabbitMQ', async () => {
  const { side, openOne, dispose } = await makeSide();
  const queue = await side.listen('#');
  const messages: Record<string, unknown>[] = [];
  return {
    broker: await openOne(),
    openAnother: openOne,
    keepsFirstOnly: false,
    received: async () => {
      for (const { content } of await side.drain(queue)) messages.push(JSON.parse(content.toString('utf8')) as Record<string, unknown>);
      return messages;
    },
    dispose,
  };
});

consumerContract('RabbitMQ', async () => {
  const { side, openOne, dispose } = await makeSide();
  return {
    broker: await openOne(),
    openAnother: openOne,
    topics,
    put: (topic, body) => side.put(topic, body),
    deadLetters: async (topic, count) => (await side.deadLetters(`${side.exchange}.${topic}`, count)).map(({ body, reason }) => ({ body, reason })),
    dispose,
  };
});
