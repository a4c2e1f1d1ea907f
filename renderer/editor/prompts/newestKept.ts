/** Values by name, those used longest ago let go. */
export class NewestKept<Value> {
  readonly #most: number;
  /** The one used longest ago first. */
  readonly #kept = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): Value | null {
    const found = this.#kept.get(name);
    if (found === undefined) return null;
    this.#kept.delete(name);
    this.#kept.set(name, found);
    return found;
  }

  set(name: string, value: Value): void {
    this.#kept.delete(name);
    this.#kept.set(name, value);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
  }
}
