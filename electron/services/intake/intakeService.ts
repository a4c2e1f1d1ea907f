import type { BatchProgress } from '../../../shared/domain/intake.ts';
import type { IncomingMessage, Settlement } from '../../../shared/ports/broker.ts';

/** What a worker does with the pipeline's messages (contracts.md B). Several may work on one store at once, in one process or in many. */
export interface IntakeService {
  /** Topics to subscribe to: every spelling of every kind of message. */
  readonly topics: readonly string[];
  /**
   * Sees a message to its end: noted, segmented, published, its event enqueued. Repeating it changes nothing, whatever stopped it before.
   * Trouble with servers is waited out inside. Never rejects.
   * @param signal the host is closing, or the message can't be settled any more: what is in hand is given back
   * @returns requeue at the signal; deadLetter for what can't be read, and where the retries are exhausted; else ack
   */
  handle(message: IncomingMessage, signal: AbortSignal): Promise<Settlement>;
  /**
   * What no message will come for: batches past their time, work that was noted and whose message is gone. To be called every half minute or so;
   * at the same time in several processes at no harm. @throws ExpectedError store_*
   */
  sweep(signal?: AbortSignal): Promise<void>;
  /** Batches that are not sent yet, and those sent last, newest first. @throws ExpectedError store_* */
  batches(): Promise<readonly BatchProgress[]>;
  /** Lets go of everything; what was in hand is given back. */
  dispose(): Promise<void>;
}
