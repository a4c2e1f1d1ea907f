/** Work that takes its time, asked for faster than it is done: one at a time, and of those that wait only the newest. */
export class NewestOnly<Request> {
  readonly #work: (request: Request) => Promise<void>;
  #next: Request | null = null;
  #isRunning = false;

  /** @param work never rejects */
  constructor(work: (request: Request) => Promise<void>) {
    this.#work = work;
  }

  ask(request: Request): void {
    this.#next = request;
    if (!this.#isRunning) void this.#run();
  }

  /** What waits is not wanted any more. */
  clear(): void {
    this.#next = null;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#next !== null) {
      const request = this.#next;
      this.#next = null;
      await this.#work(request);
    }
    this.#isRunning = false;
  }
}
