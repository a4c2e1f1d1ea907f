import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Settlement } from '../../../shared/ports/broker.ts';

type Handler = (message: IncomingMessage, signal: AbortSignal) => Settlement | Promise<Settlement>;

/** Keeps what a subscription was handed, and waits for so many to have come or to be done with; never for time to pass. */
export class Arrivals {
  readonly messages: IncomingMessage[] = [];
  readonly #handler: Handler;
  readonly #changes = new EventEmitter();
  readonly #gate = Promise.withResolvers<Settlement>();
  #inHand = 0;
  #settledCount = 0;
  mostAtOnce = 0;

  constructor(handler: Handler) {
    this.#handler = handler;
    this.#changes.setMaxListeners(100);
  }

  /** Resolves at `release`, for handlers that are to wait. */
  get released(): Promise<Settlement> {
    return this.#gate.promise;
  }

  release(settlement: Settlement): void {
    this.#gate.resolve(settlement);
  }

  readonly take = async (message: IncomingMessage, signal: AbortSignal): Promise<Settlement> => {
    this.messages.push(message);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#inHand);
    this.#changes.emit('change');
    try {
      return await this.#handler(message, signal);
    } finally {
      this.#inHand--;
      this.#settledCount++;
      this.#changes.emit('change');
    }
  };

  async taken(count: number): Promise<readonly IncomingMessage[]> {
    while (this.messages.length < count) await once(this.#changes, 'change');
    return this.messages;
  }

  /** The handler is done with so many; the broker hears of the last of them in the same instant. */
  async settled(count: number): Promise<readonly IncomingMessage[]> {
    while (this.#settledCount < count) await once(this.#changes, 'change');
    return this.messages;
  }

  static async settledTogether(all: readonly Arrivals[], count: number): Promise<void> {
    const changes = new EventEmitter();
    for (const arrivals of all) arrivals.#changes.on('change', () => changes.emit('change'));
    while (all.reduce((sum, arrivals) => sum + arrivals.#settledCount, 0) < count) await once(changes, 'change');
  }
}
