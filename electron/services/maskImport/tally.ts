import type { Findings } from '../../../shared/contracts/rpc/maskImports.ts';

const mostExamples = 50;

/** Counts all, keeps the first fifty. */
export class Tally<T> {
  readonly #examples: T[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get first(): T | undefined {
    return this.#examples[0];
  }

  add(one: T): void {
    this.#count++;
    if (this.#examples.length < mostExamples) this.#examples.push(one);
  }

  findings(): Findings<T> {
    return { count: this.#count, examples: this.#examples };
  }
}
