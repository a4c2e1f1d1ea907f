import type { BrokenPart, Findings } from '../../../shared/contracts/rpc/maskImports.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { Tally } from './tally.ts';

/** With more it is no source with a fault here and there. */
export const mostBroken = 10_000;

const partOf = ({ message, details }: ExpectedError): BrokenPart => {
  const { path, line, column } = (details ?? {}) as { readonly path?: unknown; readonly line?: unknown; readonly column?: unknown };
  return { file: typeof path === 'string' ? path : null, line: typeof line === 'number' ? line : null, column: typeof column === 'number' ? column : null, sentence: message };
};

/** What is broken in a source and was stepped over: each once, however often the source is gone through. */
export class BrokenParts {
  readonly #seen = new Set<string>();
  readonly #tally = new Tally<BrokenPart>();
  #first: ExpectedError | null = null;
  #isRead = false;

  get count(): number {
    return this.#tally.count;
  }

  get first(): ExpectedError | null {
    return this.#first;
  }

  /** @throws the fault, where it was not there when the source was read, or there are too many */
  readonly note = (fault: ExpectedError): void => {
    if (this.#seen.has(fault.message)) return;
    if (this.#isRead) throw fault;
    this.#first ??= fault;
    if (this.count >= mostBroken) {
      throw new ExpectedError('annotations_invalid', `More than ${mostBroken.toLocaleString('en')} parts of it are broken; the first: ${this.#first.message}`, { cause: this.#first, details: this.#first.details });
    }
    this.#seen.add(fault.message);
    this.#tally.add(partOf(fault));
  };

  /** The source was read from end to end. */
  finish(): Findings<BrokenPart> {
    this.#isRead = true;
    return this.#tally.findings();
  }
}
