import type { Logger } from '../../base/logger.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

/** Certificates as PEM text; what is left out is the system's. */
export interface RabbitTls {
  /** Authorities to trust instead of the system's. */
  readonly caPem?: string | undefined;
  /** Our own certificate and its key, where the broker asks for one. */
  readonly certificatePem?: string | undefined;
  readonly keyPem?: string | undefined;
  readonly keyPassphrase?: string | undefined;
  /** The name that the broker's certificate must be for; the URL's host where it is left out. */
  readonly serverName?: string | undefined;
}

/**
 * What becomes of an event that no queue is bound for. warn: logged, told as unheard and gone, which is what a topic exchange means: who has not asked for a
 * topic does not get it. fail: delivery_failed, so it stays in the outbox and is offered again until somebody listens; as events go out in their order, all
 * later ones wait with it.
 */
export type Unroutable = 'fail' | 'warn';

/** How long to wait before attempt n + 1 to connect: firstMs * 2^n, at most maxMs, a random half of it taken off. */
export interface RabbitBackoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Names and limits of one RabbitMQ (contracts.md B); what is left out is as `rabbitDefaults` says. */
export interface RabbitOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps://` with TLS. */
  readonly url: string;
  readonly tls?: RabbitTls | undefined;
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
  /** Durable topic exchange, declared where it is not there. */
  readonly exchange?: string | undefined;
  /**
   * Names that a topic of ours goes by on this broker: messages are taken under all of them, and ours go out under the first. Added to
   * the defaults, a topic at a time. Topics that are not named go by their own name.
   */
  readonly topicNames?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Queue of a topic's name; `queue.<name>` where none is given. */
  readonly queueNames?: Readonly<Record<string, string>> | undefined;
  readonly unroutable?: Unroutable | undefined;
  /** From publishing to the broker’s confirm. */
  readonly confirmTimeoutMs?: number | undefined;
  /** For TCP, TLS and the greeting. */
  readonly connectTimeoutMs?: number | undefined;
  /** A connection that was silent for two of these is dead. 0: none. */
  readonly heartbeatSeconds?: number | undefined;
  readonly backoff?: RabbitBackoff | undefined;
  /** Shown in the broker's list of connections. */
  readonly connectionName?: string | undefined;
}

export const rabbitDefaults = {
  exchange: 'events',
  topicNames: {
    'products.image.ready': ['products.image.ready', 'products.images.ready'],
    'videos.keyframes.ready': ['videos.keyframes.ready', 'video.keyframes.ready'],
    'videos.keyframes.ready.batch': ['videos.keyframes.ready.batch', 'video.keyframes.ready.batch'],
  },
  unroutable: 'fail',
  confirmTimeoutMs: 15_000,
  connectTimeoutMs: 10_000,
  heartbeatSeconds: 15,
  backoff: { firstMs: 250, maxMs: 10_000 },
  connectionName: 'maskdesk',
} as const satisfies Partial<RabbitOptions>;
