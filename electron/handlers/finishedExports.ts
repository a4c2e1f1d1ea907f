import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** Where the last export of this session is, to be shown in the file manager: the path never comes from the page. */
export class FinishedExports {
  #last: string | null = null;

  /** @param location as the export says it: a path of this machine, or something that no file manager shows */
  remember(location: string): void {
    this.#last = isAbsolute(location) ? location : null;
  }

  /** @throws ExpectedError not_found where there is none, or it is gone */
  async last(): Promise<string> {
    const path = this.#last;
    if (path === null) throw new ExpectedError('not_found', 'There is no finished export in a folder of this machine.');
    await access(path).catch((error: unknown) => {
      throw new ExpectedError('not_found', `The export is not at ${path} any more.`, { cause: error });
    });
    return path;
  }
}
