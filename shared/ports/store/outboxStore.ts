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
   * @param exceptFamilies events of these are passed over (see familyOfTopic): order counts within a family alone
   */
  deliverNext(send: (event: OutgoingEvent) => Promise<void>, exceptFamilies?: ReadonlySet<string>): Promise<boolean>;
  unsentCount(): Promise<number>;
  /** Oldest first. */
  list(query?: { afterSequence?: number; limit?: number }): Promise<readonly OutboxEntry[]>;
}

/** `products.image.masked` and its batch `products.images.masked.batch` are of one family, whose events go out in the order of their making; videos are another. */
export const familyOfTopic = (topic: string): string => topic.split('.', 1)[0] ?? topic;
