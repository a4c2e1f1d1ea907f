import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** Folders that the person chose in this session. The renderer gets a token for each: a path never comes from it. */
export class FolderTokens {
  readonly #folders = new Map<string, string>();

  remember(folder: string): { readonly folderToken: string; readonly name: string } {
    const folderToken = randomUUID();
    this.#folders.set(folderToken, folder);
    return { folderToken, name: basename(folder) };
  }

  /** @throws ExpectedError not_found for a token that this session did not give out */
  folderOf(folderToken: string): string {
    const folder = this.#folders.get(folderToken);
    if (folder === undefined) throw new ExpectedError('not_found', 'That folder was chosen in an earlier session. Choose it again.');
    return folder;
  }
}
