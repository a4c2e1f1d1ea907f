import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/errors/errors.ts';
import type { Consumer, IncomingMessage, Settlement, Subscription } from '../../shared/ports/broker.ts';
import type { IntakeService } from '../services/intake/intakeService.ts';
import { InHand } from './inHand.ts';
import type { IntakeGate } from './intakeGate.ts';

/** Given back is what the broker was told of; its connection is closed soon after, which gives back the rest. */
const giveBackMs = 5_000;

export interface MessagePumpParts {
  readonly consumer: Consumer;
  readonly intake: Pick<IntakeService, 'topics' | 'handle'>;
  readonly prefetch: number;
  readonly gate: IntakeGate;
  readonly onInHand: (count: number) => void;
}

export interface Drained {
  /** Messages that were in hand when it began. */
  readonly inHand: number;
  /** Of them, those that were not finished in time. */
  readonly givenBack: number;
}

/** Leads messages from the broker to the intake, and ends without losing one. */
export class MessagePump {
  readonly #parts: MessagePumpParts;
  readonly #stop = new AbortController();
  readonly #inHand: InHand;
  #subscription: Subscription | null = null;
  #received = 0;

  constructor(parts: MessagePumpParts) {
    this.#parts = parts;
    this.#inHand = new InHand(parts.onInHand);
  }

  get inHand(): number {
    return this.#inHand.count;
  }

  /** Messages so far, repetitions among them. */
  get received(): number {
    return this.#received;
  }

  /** @throws ExpectedError broker_unreachable, invalid_input where the running queue was declared otherwise; CancelledError when it was drained meanwhile */
  async start(): Promise<void> {
    const { consumer, intake, prefetch, gate } = this.#parts;
    const subscription = await consumer.subscribe({ topics: intake.topics, prefetch, onMessage: (message, signal) => this.#handle(message, signal) });
    if (this.#stop.signal.aborted) await subscription.stop();
    throwIfCancelled(this.#stop.signal);
    this.#subscription = subscription;
    await gate.attach(subscription);
  }

  /** Takes nothing new, finishes what is in hand in the time it is given, gives back the rest. Never rejects for the broker's sake: what it can't be told it finds out itself. */
  async drain(withinMs: number, onTrouble: (error: unknown) => void): Promise<Drained> {
    const inHand = this.#inHand.count;
    const startedMs = performance.now();
    // A connection that is half dead answers nothing: what it holds is handed out again once it is closed.
    await Promise.race([this.#subscription?.stop().catch(onTrouble), sleep(withinMs, undefined, { ref: false })]);
    const finished = await this.#inHand.empty(Math.max(0, withinMs - (performance.now() - startedMs)));
    this.#stop.abort();
    const givenBack = finished ? 0 : this.#inHand.count;
    if (!finished) await this.#inHand.empty(giveBackMs);
    return { inHand, givenBack };
  }

  #handle(message: IncomingMessage, lost: AbortSignal): Promise<Settlement> {
    this.#received++;
    // Handed out in the instant of the end.
    if (this.#stop.signal.aborted) return Promise.resolve({ kind: 'requeue' });
    return this.#inHand.during(() => this.#parts.intake.handle(message, AbortSignal.any([lost, this.#stop.signal])));
  }
}
