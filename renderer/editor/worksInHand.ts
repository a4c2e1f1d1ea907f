/** Something that a person has asked for and that is not in the mask yet. */
export interface WorkInHand {
  readonly isPending: boolean;
  /** Resolves when it is in the mask, was taken back or has failed. */
  settled(): Promise<void>;
  /** It is not wanted after all. @returns whether there was anything */
  cancel(): boolean;
  /** The mask that it was meant for is gone. */
  abandon(): void;
}

/** What is being worked out for one pane beside its prompts: tools' clicks and a slider's newest value. Whoever takes the mask away awaits it. */
export class WorksInHand {
  /** In the order in which they were made known. */
  readonly #works = new Set<WorkInHand>();

  /** @returns a function that ends it */
  follow(work: WorkInHand): () => void {
    this.#works.add(work);
    return () => void this.#works.delete(work);
  }

  get isPending(): boolean {
    return [...this.#works].some((work) => work.isPending);
  }

  async settled(): Promise<void> {
    for (let pending = this.#pending(); pending !== undefined; pending = this.#pending()) await pending.settled();
  }

  cancel(): boolean {
    return [...this.#works].some((work) => work.isPending && work.cancel());
  }

  abandon(): void {
    for (const work of [...this.#works]) work.abandon();
  }

  #pending(): WorkInHand | undefined {
    return [...this.#works].find((work) => work.isPending);
  }
}
