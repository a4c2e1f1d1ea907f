import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** What the person chose: a whole folder, or of it only these files and folders (paths inside it, forward slashes). */
export interface ChosenFolder {
  readonly folder: string;
  readonly only: readonly string[] | null;
}

/** Folders that the person chose in this session. The renderer gets a token for each: a path never comes from it. */
export class FolderTokens {
  readonly #chosen = new Map<string, ChosenFolder>();

  remember(folder: string, only: readonly string[] | null = null): { readonly folderToken: string; readonly name: string } {
    const folderToken = randomUUID();
    this.#chosen.set(folderToken, { folder, only });
    return { folderToken, name: basename(folder) };
  }

  /** @throws ExpectedError not_found for a token that this session did not give out */
  chosenBy(folderToken: string): ChosenFolder {
    const chosen = this.#chosen.get(folderToken);
    if (chosen === undefined) throw new ExpectedError('not_found', 'That folder was chosen in an earlier session. Choose it again.');
    return chosen;
  }
}
