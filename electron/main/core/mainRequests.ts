/** Questions to the other process that are answered by a later message with the same number. */
export class MainRequests<T> {
  readonly #waiting = new Map<number, (answer: T) => void>();
  #lastId = 0;

  ask(send: (requestId: number) => void): Promise<T> {
    const requestId = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      send(requestId);
    });
  }

  answer(requestId: number, answer: T): void {
    const resolve = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    resolve?.(answer);
  }
  /** For those that will not be answered any more, as when the other process has gone. */
  answerAll(answer: T): void {
    for (const requestId of [...this.#waiting.keys()]) this.answer(requestId, answer);
  }
}
