import type { EventId } from '../domain/ids.ts';

/** An event as it goes out. Payload is the business data, already valid against its schema; adapters add `_metadata`. */
export interface OutgoingEvent {
  readonly eventId: EventId;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly correlationId: string;
}

/** unheard: the broker has taken it and knows nobody who wants its topic, so it is gone; only where its settings allow that. */
export type Receipt = 'received' | 'unheard';

/** Takes events out of the house: a file, RabbitMQ, Kafka. */
export interface Broker {
  readonly location: string;
  /**
   * Resolves once the event is safe with the receiver (fsync, publisher confirm). The same eventId again is no error; receivers that can
   * tell (the local file) keep the first alone.
   * @throws ExpectedError delivery_failed (refused, or nobody to route it to where that counts as trouble), broker_unreachable
   */
  publish(event: OutgoingEvent): Promise<Receipt>;
  /** Null where the receiver sends nothing back, as a file. */
  readonly consumer: Consumer | null;
  close(): Promise<void>;
}

/** A message as it came; what its bytes mean is for whoever handles it. */
export interface IncomingMessage {
  /** As whoever subscribed called it, whichever of its names it came under, and also when somebody put it back by hand. */
  readonly topic: string;
  readonly queue: string;
  readonly body: Uint8Array;
  /** The broker has handed it out before. */
  readonly isRedelivered: boolean;
}

/** What becomes of a message. requeue: it is handed out again. deadLetter: poison, put into `<queue>.dlq` with the reason, then acked. */
export type Settlement = { readonly kind: 'ack' } | { readonly kind: 'requeue' } | { readonly kind: 'deadLetter'; readonly reason: string };

export interface SubscribeOptions {
  /** One queue a topic: `queue.<topic>` unless the settings name another. */
  readonly topics: readonly string[];
  /** Messages handed out and not settled yet, at most, over all of the topics. */
  readonly prefetch: number;
  /** Called concurrently, up to `prefetch`. A rejection is a fault of ours: requeued after a second, and logged. The signal aborts when the message can't be settled any more (connection lost): the broker will hand it out again. */
  readonly onMessage: (message: IncomingMessage, signal: AbortSignal) => Promise<Settlement>;
}

export interface Subscription {
  /** No new messages from now on; those handed out go on. Resumed with the same options. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops consuming; what is in hand can still be settled until the broker is closed. */
  stop(): Promise<void>;
}

export interface QueueDepth {
  readonly topic: string;
  readonly queue: string;
  /** Ready to be handed out; those in hand are not among them. */
  readonly ready: number;
  readonly deadLettered: number;
}

/** A message that was put aside into `<queue>.dlq`. */
export interface DeadLetter {
  /** Names it among the others; the same message keeps it for as long as it lies there. */
  readonly letterId: string;
  /** The name under which the topic of its queue goes on this broker. */
  readonly topic: string;
  /** Where it was taken from, and goes back to. */
  readonly queue: string;
  readonly body: Uint8Array;
  /** Null where another program put it there and said nothing. */
  readonly reason: string | null;
  /** When it was put there, ISO 8601, and how often so far; null as above. */
  readonly since: string | null;
  readonly times: number | null;
}

/** keep: it stays where it is. replay: back into its queue, from which it is handed out as any message. drop: it is gone. stop: this one and all after it stay. */
export type DeadLetterFate = 'keep' | 'replay' | 'drop' | 'stop';

export interface Consumer {
  /**
   * Declares exchange, queues and bindings, and does so again after every reconnection. Resolves once it consumes.
   * @throws ExpectedError broker_unreachable, permission_denied, invalid_input where the running queue was declared otherwise
   */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** For metrics. @throws ExpectedError broker_unreachable */
  depths(topics: readonly string[]): Promise<readonly QueueDepth[]>;
  /**
   * Goes through what lies in the dead-letter queues of these topics now, oldest first, and does with each as `decide` says. One leaves its queue only when
   * that is done: replayed ones once the broker has confirmed. While it lasts others do not see what was looked at. What comes meanwhile is left alone.
   * @throws ExpectedError broker_unreachable, delivery_failed, permission_denied; what was not decided on stays
   */
  sortDeadLetters(topics: readonly string[], decide: (letter: DeadLetter) => DeadLetterFate): Promise<void>;
  /** Whether a connection stands now. */
  isConnected(): boolean;
}
