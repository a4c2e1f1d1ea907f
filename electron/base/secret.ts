import { inspect } from 'node:util';

/** What stands where a secret would. */
export const secretMask = '***';

/** A password, a key or a URL that holds one. Text, JSON, logs and the debugger see `***`; whoever needs it says so by {@link reveal}. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return secretMask;
  }
  toJSON(): string {
    return secretMask;
  }
  [inspect.custom](): string {
    return secretMask;
  }
}
