/** Things by key, within a number of bytes: what was used longest ago goes first. The newest stays, however large. */
export class BytesCache<Value> {
  readonly #limitBytes: number;
  readonly #bytesOf: (value: Value) => number;
  /** Least recently used first. */
  readonly #entries = new Map<string, Value>();
  #bytes = 0;

  constructor(limitBytes: number, bytesOf: (value: Value) => number) {
    this.#limitBytes = limitBytes;
    this.#bytesOf = bytesOf;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Counts as a use. */
  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#bytes += this.#bytesOf(value);
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#limitBytes || this.#entries.size === 1) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= this.#bytesOf(value);
  }
}
