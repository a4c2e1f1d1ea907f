/** Runs asynchronous sections one after another, in the order in which they asked. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(section: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(section);
    // The next in line waits for this one's end, whatever that is; its error belongs to the caller alone.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
