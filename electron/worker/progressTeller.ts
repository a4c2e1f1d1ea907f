import { outgoingTopics } from '../../shared/contracts/events/index.ts';
import { jobProgress } from '../../shared/contracts/events/progress.ts';
import type { BatchProgress } from '../../shared/domain/intake.ts';
import { asId, type EventId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Broker } from '../../shared/ports/broker.ts';

export interface ProgressTellerParts {
  readonly broker: Pick<Broker, 'publish'>;
  readonly topic: string;
  /** At most one event a job and kind in so long. */
  readonly everyMs: number;
  readonly nowMs: () => number;
  readonly uuid: () => string;
}

interface Told {
  readonly settled: number;
  readonly atMs: number;
}

const keyOf = ({ jobId, kind }: BatchProgress): string => JSON.stringify([jobId, kind]);

/**
 * Tells how far jobs have come. By the way alone: an event that can't be sent is not kept, and jobs that were not worked on are not told again.
 * Each worker tells what it sees, so that several make more events, never other numbers.
 */
export class ProgressTeller {
  readonly #parts: ProgressTellerParts;
  readonly #told = new Map<string, Told>();

  /** @throws ExpectedError invalid_input where the topic is one of the pipeline's */
  constructor(parts: ProgressTellerParts) {
    if ((Object.values(outgoingTopics) as string[]).includes(parts.topic)) throw new ExpectedError('invalid_input', `[worker] progressTopic: ${parts.topic} is a topic of the pipeline, not one for progress.`);
    this.#parts = parts;
  }

  /** @throws ExpectedError delivery_failed, broker_unreachable */
  async tell(batches: readonly BatchProgress[]): Promise<void> {
    const { everyMs, nowMs } = this.#parts;
    const shown = new Set(batches.map(keyOf));
    for (const key of this.#told.keys()) if (!shown.has(key)) this.#told.delete(key);
    for (const batch of batches) {
      const told = this.#told.get(keyOf(batch));
      const settled = batch.stored + batch.failed;
      const isOver = batch.sentAtMs !== null;
      // A job that was over before this worker saw it is nobody's news; its last state is told at once.
      if (told === undefined ? isOver : told.settled === settled) continue;
      if (told !== undefined && !isOver && nowMs() - told.atMs < everyMs) continue;
      this.#told.set(keyOf(batch), { settled, atMs: nowMs() });
      await this.#send(batch);
    }
  }

  async #send({ jobId, kind, expected, stored, failed }: BatchProgress): Promise<void> {
    const eventId = asId<EventId>(this.#parts.uuid());
    const payload = jobProgress.parse({ event_id: eventId, job_id: jobId, kind, expected, stored, failed });
    await this.#parts.broker.publish({ eventId, topic: this.#parts.topic, payload, correlationId: jobId });
  }
}
