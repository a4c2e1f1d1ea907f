import { rabbitDefaults, type RabbitOptions } from './options.ts';

/** One of the names of a topic, and the queue that holds its messages. */
export interface TopicQueue {
  /** Our topic, as whoever subscribes called it. */
  readonly topic: string;
  /** The routing key on this broker. */
  readonly name: string;
  readonly queue: string;
}

export interface TopicNames {
  /** Routing key under which a topic of ours goes out. */
  outgoing(topic: string): string;
  /** Every name of the topics, each once. One that was asked for by itself stays itself. */
  incoming(topics: readonly string[]): readonly TopicQueue[];
}

export const createTopicNames = ({ topicNames = {}, queueNames = {} }: Pick<RabbitOptions, 'topicNames' | 'queueNames'>): TopicNames => {
  const known: Readonly<Record<string, readonly string[]>> = { ...rabbitDefaults.topicNames, ...topicNames };
  const namesOf = (topic: string): readonly string[] => {
    const names = Object.hasOwn(known, topic) ? known[topic] : undefined;
    return names === undefined || names.length === 0 ? [topic] : names;
  };
  return {
    outgoing: (topic) => namesOf(topic)[0] ?? topic,
    incoming: (topics) => {
      const topicOf = new Map<string, string>();
      for (const topic of topics) for (const name of namesOf(topic)) if (!topicOf.has(name) || name === topic) topicOf.set(name, topic);
      return [...topicOf].map(([name, topic]) => ({ topic, name, queue: Object.hasOwn(queueNames, name) ? (queueNames[name] ?? name) : `queue.${name}` }));
    },
  };
};

export const deadLetterQueue = (queue: string): string => `${queue}.dlq`;
