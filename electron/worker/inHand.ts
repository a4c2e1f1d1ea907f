/** Counts work that is under way, and tells when none is. */
export class InHand {
  readonly #onChange: (count: number) => void;
  #count = 0;
  #waiters: (() => void)[] = [];

  constructor(onChange: (count: number) => void = () => undefined) {
    this.#onChange = onChange;
  }

  get count(): number {
    return this.#count;
  }

  /** @returns what the work does */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#onChange(++this.#count);
    try {
      return await work();
    } finally {
      this.#onChange(--this.#count);
      if (this.#count === 0) for (const resolve of this.#waiters.splice(0)) resolve();
    }
  }

  /** Resolves when nothing is in hand; at once where that is so now. @returns false when the time ran out first */
  async empty(withinMs: number): Promise<boolean> {
    if (this.#count === 0) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), withinMs);
    });
    const done = new Promise<boolean>((resolve) => this.#waiters.push(() => resolve(true)));
    try {
      return await Promise.race([done, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
