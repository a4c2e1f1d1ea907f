import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingMessage } from '../../../shared/ports/broker.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { RetrySettings } from './intakeOptions.ts';
import { isOutage, pauseMs } from './retries.ts';

/** Far more than are ever in hand; those that another process has settled are forgotten in the end. */
const mostRemembered = 10_000;

const keyOf = ({ queue, body }: IncomingMessage): string => sha256Hex(Buffer.concat([Buffer.from(`${queue}\0`), body]));

/**
 * Messages whose handling broke in a way that nothing else answers. They go back to their queue, from which they are handed out again in the same instant: so each
 * time a longer pause comes first, and after so many times in this process the message is to be given up.
 */
export class LastResort {
  readonly #settings: RetrySettings;
  readonly #timesByMessage = new Map<string, number>();

  constructor(settings: RetrySettings) {
    this.#settings = settings;
  }

  /** Resolves after the pause, at once at the signal. @returns whether the message is to be given up: it has been handed back often enough */
  async isEnough(message: IncomingMessage, error: unknown, signal: AbortSignal): Promise<boolean> {
    const key = keyOf(message);
    const times = (this.#timesByMessage.get(key) ?? 0) + 1;
    // A server that is away is waited for; no message is to blame.
    if (!isOutage(error) && times > this.#settings.limit) {
      this.#timesByMessage.delete(key);
      return true;
    }
    this.#timesByMessage.delete(key);
    this.#timesByMessage.set(key, times);
    const [oldest] = this.#timesByMessage.keys();
    if (this.#timesByMessage.size > mostRemembered && oldest !== undefined) this.#timesByMessage.delete(oldest);
    await sleep(pauseMs(this.#settings, times), undefined, { signal }).catch((stopped: unknown) => {
      if (!signal.aborted) throw stopped;
    });
    return false;
  }

  settled(message: IncomingMessage): void {
    if (this.#timesByMessage.size > 0) this.#timesByMessage.delete(keyOf(message));
  }
}
