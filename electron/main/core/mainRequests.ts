/** Questions to main that are answered by a later message with the same number. */
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
}
