import type { OutgoingEvent } from '../broker.ts';

export interface OutboxEntry extends OutgoingEvent {
  /** Ascending order of enqueueing. */
  readonly sequence: number;
  readonly createdAtMs: number;
  /** Null until the broker has confirmed it. */
  readonly sentAtMs: number | null;
}

export interface OutboxStore {
  /**
   * Takes the oldest unsent event under the outbox's lock, awaits `send`, marks it sent. False when there is none. When `send` throws,
   * the event stays unsent and the error is passed on. Two processes never send at the same time.
   */
  deliverNext(send: (event: OutgoingEvent) => Promise<void>): Promise<boolean>;
  unsentCount(): Promise<number>;
  /** Oldest first. */
  list(query?: { afterSequence?: number; limit?: number }): Promise<readonly OutboxEntry[]>;
}
