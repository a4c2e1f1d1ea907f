/** Time and fresh ids: a port, so that tests and the deterministic demo can fix them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** A random UUID (version 4), lower case. */
  uuid(): string;
}
