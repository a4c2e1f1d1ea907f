import { z } from 'zod';
import { rabbitDefaults } from '../../../brokers/rabbitmq/options.ts';
import { secretSetting, setting, type Section } from '../setting.ts';

const seconds = (most: number) => z.number().positive().max(most);
const keys = {
  kind: setting(z.enum(['local', 'rabbitmq', 'none']).optional(), {
    about: 'Where events go: the store’s events.jsonl, RabbitMQ, or nowhere from this process: they wait in the database for one that has a broker.',
    standard: 'rabbitmq where url is given; else local for sqlite, none for postgres',
  }),
  url: secretSetting(
    { about: 'rabbitmq: the broker’s address; amqps for TLS.' },
    z.string().regex(/^amqps?:\/\//, 'not an AMQP address').describe('amqp://user:password@host:port/vhost, or amqps://…'),
  ),
  exchange: setting(z.string().min(1).max(127).default(rabbitDefaults.exchange), { about: 'rabbitmq: the durable topic exchange. Running installations use product_video_matching.' }),
  topicNames: setting(z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}).describe('a table of lists, as { "products.image.ready" = ["photos.ready"] }'), {
    about: 'rabbitmq: names that a topic goes by on this broker; taken under all of them, sent under the first. Added to the contract’s spellings, a topic at a time.',
  }),
  queueNames: setting(z.record(z.string(), z.string().min(1)).default({}).describe('a table of texts, as { "products.image.ready" = "masks.in" }'), { about: 'rabbitmq: the queue of a topic’s name.', standard: 'queue.<name>' }),
  unroutable: setting(z.enum(['fail', 'warn']).default(rabbitDefaults.unroutable), {
    about: 'rabbitmq: an event that no queue is bound for is told of and waits until one is, later ones of its kind (products or videos) with it (fail); or is told of and gone (warn).',
  }),
  confirmTimeoutSeconds: setting(seconds(600).default(rabbitDefaults.confirmTimeoutMs / 1000), { about: 'rabbitmq: from publishing to the confirm, connecting again included.' }),
  connectTimeoutSeconds: setting(seconds(600).default(rabbitDefaults.connectTimeoutMs / 1000), { about: 'rabbitmq: for connecting.' }),
  heartbeatSeconds: setting(z.int().min(0).max(3600).default(rabbitDefaults.heartbeatSeconds), { about: 'rabbitmq: a connection that is silent for two of these is dead; 0: none.' }),
  retryFirstSeconds: setting(seconds(600).default(rabbitDefaults.backoff.firstMs / 1000), { about: 'rabbitmq: pause before connecting again, doubled at each attempt, with jitter.' }),
  retryLongestSeconds: setting(seconds(3600).default(rabbitDefaults.backoff.maxMs / 1000), { about: 'rabbitmq: the longest such pause.' }),
  tlsCa: setting(z.string().min(1).optional(), { about: 'rabbitmq: a PEM file with the authority that signed the broker’s certificate.', isPath: true, standard: 'the system’s authorities' }),
  tlsCertificate: setting(z.string().min(1).optional(), { about: 'rabbitmq: our own certificate (PEM file), where the broker asks for one.', isPath: true }),
  tlsKey: setting(z.string().min(1).optional(), { about: 'rabbitmq: the key of that certificate (PEM file).', isPath: true }),
  tlsKeyPassphrase: secretSetting({ about: 'rabbitmq: the passphrase of that key.' }),
};

export const brokerSection: Section<typeof keys> = {
  name: 'broker',
  about: 'Where events come from and go to.',
  keys,
  check: ({ kind, url, retryFirstSeconds, retryLongestSeconds }) => [
    ...(kind === 'rabbitmq' && url === undefined ? [{ key: 'url', message: 'kind is rabbitmq, and no url says where it is' }] : []),
    ...((kind === 'local' || kind === 'none') && url !== undefined ? [{ key: 'url', message: `kind is ${kind}, which has no url; leave out kind, or url` }] : []),
    ...(retryFirstSeconds > retryLongestSeconds ? [{ key: 'retryFirstSeconds', message: `${retryFirstSeconds} is longer than retryLongestSeconds, ${retryLongestSeconds}` }] : []),
  ],
};
