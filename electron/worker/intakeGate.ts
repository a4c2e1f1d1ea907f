import type { Subscription } from '../../shared/ports/broker.ts';

/** Why no new messages are taken. Bounded: it is a label of a metric. */
export const pauseReasons = ['starting', 'store', 'blobs', 'model', 'memory', 'stopping'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Pauses a subscription while there is any reason to. Changes are carried out one after the other; the last wish holds. */
export class IntakeGate {
  readonly #reasons = new Set<PauseReason>();
  readonly #onError: (error: unknown) => void;
  #subscription: Subscription | null = null;
  #isPaused = false;
  #applying: Promise<void> = Promise.resolve();

  /** @param onError the broker could not be told; it is told again with the next change and with each {@link settle} */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get reasons(): ReadonlySet<PauseReason> {
    return this.#reasons;
  }

  attach(subscription: Subscription): Promise<void> {
    this.#subscription = subscription;
    this.#isPaused = false;
    return this.settle();
  }

  set(reason: PauseReason, holds: boolean): Promise<void> {
    if (holds) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    return this.settle();
  }

  /** Resolves when the subscription is as the reasons say, or could not be told. */
  settle(): Promise<void> {
    this.#applying = this.#applying.then(() => this.#apply());
    return this.#applying;
  }

  async #apply(): Promise<void> {
    const wanted = this.#reasons.size > 0;
    if (this.#subscription === null || wanted === this.#isPaused) return;
    try {
      await (wanted ? this.#subscription.pause() : this.#subscription.resume());
      this.#isPaused = wanted;
    } catch (error) {
      this.#onError(error);
    }
  }
}
