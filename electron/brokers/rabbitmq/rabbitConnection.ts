import { connect, type ChannelModel } from 'amqplib';
import type { Duplex } from 'node:stream';
import type { Logger } from '../../base/logger.ts';
import { BugError, type ExpectedError } from '../../../shared/errors/errors.ts';
import type { RabbitAddress } from './address.ts';
import { pauseMs } from './backoff.ts';
import { unreachable } from './faults.ts';
import type { RabbitBackoff, RabbitTls } from './options.ts';

export interface ConnectionSettings {
  readonly address: RabbitAddress;
  readonly tls: RabbitTls;
  readonly name: string;
  readonly connectTimeoutMs: number;
  readonly heartbeatSeconds: number;
  readonly backoff: RabbitBackoff;
  readonly logger: Logger;
}

type State = { readonly kind: 'connecting' } | { readonly kind: 'open'; readonly model: ChannelModel } | { readonly kind: 'pausing'; readonly error: ExpectedError } | { readonly kind: 'closed' };

/** How long a broker may take to say goodbye before its socket is just closed. */
const farewellMs = 2_000;

/** One connection that is made again whenever it is lost, until it is closed. */
export class RabbitConnection {
  readonly #settings: ConnectionSettings;
  readonly #onOpen: (model: ChannelModel) => void;
  readonly #waiting = new Set<() => void>();
  #state: State = { kind: 'connecting' };
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #blockedBecause: string | null = null;

  /** Begins to connect. @param onOpen called with each new connection, before anybody else gets at it */
  constructor(settings: ConnectionSettings, onOpen: (model: ChannelModel) => void = () => undefined) {
    this.#settings = settings;
    this.#onOpen = onOpen;
    void this.#connect();
  }

  get isOpen(): boolean {
    return this.#state.kind === 'open';
  }

  /** Why the broker takes no messages for now (memory or disk is short); null while it does. */
  get blockedBecause(): string | null {
    return this.#blockedBecause;
  }

  /**
   * The connection as it stands. Waits for an attempt that is under way, not for the pause after one that failed: callers have pauses of
   * their own. @throws ExpectedError broker_unreachable; BugError once closed
   */
  async model(): Promise<ChannelModel> {
    for (;;) {
      const state = this.#state;
      if (state.kind === 'open') return state.model;
      if (state.kind === 'closed') throw new BugError('The RabbitMQ broker has been closed');
      if (state.kind === 'pausing') throw state.error;
      await new Promise<void>((settle) => this.#waiting.add(settle));
    }
  }

  async close(): Promise<void> {
    const { kind } = this.#state;
    const model = this.#state.kind === 'open' ? this.#state.model : null;
    if (kind === 'closed') return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#enter({ kind: 'closed' });
    if (model !== null) await farewell(model);
  }

  #enter(state: State): void {
    this.#state = state;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const settle of waiting) settle();
  }

  async #connect(): Promise<void> {
    const { address, logger } = this.#settings;
    try {
      const model = await open(this.#settings);
      // It may have been closed meanwhile.
      if (this.#state.kind === 'closed') return await farewell(model);
      this.#failures = 0;
      this.#watch(model);
      this.#onOpen(model);
      this.#enter({ kind: 'open', model });
      logger.info({ broker: address.location, connection: this.#settings.name }, 'connected to RabbitMQ');
    } catch (error) {
      if (this.#state.kind !== 'closed') this.#retryLater(unreachable(error, address.location));
    }
  }

  #watch(model: ChannelModel): void {
    const { address, logger } = this.#settings;
    let reason: unknown = null;
    model.on('error', (error) => (reason = error));
    model.on('blocked', (why) => {
      this.#blockedBecause = why;
      logger.warn({ broker: address.location, reason: why }, 'RabbitMQ takes no messages for now');
    });
    model.on('unblocked', () => {
      this.#blockedBecause = null;
      logger.warn({ broker: address.location }, 'RabbitMQ takes messages again');
    });
    model.once('close', (error?: Error) => {
      this.#blockedBecause = null;
      // After a missed heartbeat nobody answers a farewell at the other end.
      socketOf(model).destroy();
      if (this.#state.kind === 'closed') return;
      this.#retryLater(unreachable(reason ?? error ?? new Error('the connection was lost'), address.location));
    });
  }

  #retryLater(error: ExpectedError): void {
    const { address, logger, backoff, name } = this.#settings;
    const inMs = pauseMs(backoff, ++this.#failures);
    logger.warn({ broker: address.location, connection: name, err: error, attempt: this.#failures, pause_ms: Math.round(inMs) }, 'no connection to RabbitMQ; trying again');
    this.#enter({ kind: 'pausing', error });
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#enter({ kind: 'connecting' });
      void this.#connect();
    }, inMs);
  }
}

/** Not declared by the client's types, and the only way to end a connection whose other end is gone. */
const socketOf = (model: ChannelModel): Duplex => (model.connection as unknown as { readonly stream: Duplex }).stream;

const farewell = async (model: ChannelModel): Promise<void> => {
  const timer = setTimeout(() => socketOf(model).destroy(), farewellMs);
  const gone = new Promise<void>((settle) => socketOf(model).once('close', () => settle()));
  // A connection that breaks while it is closed is closed.
  await Promise.race([model.close().catch(() => undefined), gone]);
  clearTimeout(timer);
  socketOf(model).destroy();
};

const open = ({ address, tls, name, connectTimeoutMs, heartbeatSeconds }: ConnectionSettings): Promise<ChannelModel> =>
  connect(
    { protocol: address.protocol, hostname: address.host, port: address.port, username: address.username, password: address.password, vhost: address.virtualHost, heartbeat: heartbeatSeconds },
    {
      timeout: connectTimeoutMs,
      noDelay: true,
      keepAlive: true,
      clientProperties: { connection_name: name },
      ...(tls.caPem === undefined ? {} : { ca: tls.caPem }),
      ...(tls.certificatePem === undefined ? {} : { cert: tls.certificatePem }),
      ...(tls.keyPem === undefined ? {} : { key: tls.keyPem }),
      ...(tls.keyPassphrase === undefined ? {} : { passphrase: tls.keyPassphrase }),
      ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    },
  );
