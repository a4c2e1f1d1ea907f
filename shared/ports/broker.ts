import type { EventId } from '../domain/ids.ts';

/** An event as it goes out. Payload is the business data, already valid against its schema; adapters add `_metadata`. */
export interface OutgoingEvent {
  readonly eventId: EventId;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly correlationId: string;
}

/** Takes events out of the house: a file, RabbitMQ, Kafka. */
export interface Broker {
  readonly location: string;
  /**
   * Resolves once the event is safe with the receiver (fsync, publisher confirm). The same eventId again is no error; receivers that can
   * tell (the local file) keep the first alone.
   * @throws ExpectedError delivery_failed
   */
  publish(event: OutgoingEvent): Promise<void>;
  close(): Promise<void>;
}
