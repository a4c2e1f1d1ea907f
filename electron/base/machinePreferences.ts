import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { fileError } from './fileError.ts';
import { Mutex } from './mutex.ts';

const fileName = 'preferences.json';

interface Read {
  readonly all: Readonly<Record<string, unknown>>;
  /** The file is there and holds no preferences. */
  readonly isDamaged: boolean;
}

const parse = (text: string): Read => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { all: parsed as Record<string, unknown>, isDamaged: false };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { all: {}, isDamaged: true };
};

/** @throws ExpectedError permission_denied, file_unreadable */
const readAll = async (path: string): Promise<Read> => {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { all: {}, isDamaged: false };
    throw fileError(error, path);
  }
};

/**
 * What belongs to this person at this machine, whatever store is open: their name, keys, colours. One JSON file in the user's data folder,
 * read again before each change, so that two windows on two stores lose nothing of each other's but the very same key. They are a
 * convenience: a file that can't be read stops nobody, and stands for none.
 */
export class MachinePreferences {
  readonly #path: string;
  readonly #onFault: (fault: ExpectedError) => void;
  readonly #turns = new Mutex();
  #isFaultTold = false;

  /** @param onFault told once that the file can't be read or is damaged */
  constructor(dataDir: string, onFault: (fault: ExpectedError) => void) {
    this.#path = join(dataDir, fileName);
    this.#onFault = onFault;
  }

  /** Null where it is not set, or where nothing can be read. */
  async get(key: string): Promise<unknown> {
    try {
      const { all, isDamaged } = await readAll(this.#path);
      if (isDamaged) this.#tell(new ExpectedError('invalid_input', `${this.#path} is damaged: your preferences are the usual ones. The next change puts it aside and begins anew.`));
      return all[key] ?? null;
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      this.#tell(new ExpectedError(error.code, `Your preferences can’t be read and are the usual ones. ${error.message}`, { cause: error }));
      return null;
    }
  }

  /**
   * A damaged file is kept beside it. @param value JSON; null removes the key.
   * @throws ExpectedError disk_full, permission_denied, file_unreadable: what can't be read is not written over
   */
  set(key: string, value: unknown): Promise<void> {
    return this.#turns.run(async () => {
      try {
        const { all, isDamaged } = await readAll(this.#path);
        if (isDamaged) await rename(this.#path, `${this.#path}.damaged`);
        const { [key]: _replaced, ...others } = all;
        await writeFileAtomic(this.#path, `${JSON.stringify(value === null ? others : { ...others, [key]: value }, null, 2)}\n`);
      } catch (error) {
        const known = fileError(error, this.#path);
        if (!(known instanceof ExpectedError)) throw known;
        throw new ExpectedError(known.code, `Your preferences can’t be kept. ${known.message}`, { cause: error });
      }
    });
  }

  #tell(fault: ExpectedError): void {
    if (!this.#isFaultTold) this.#onFault(fault);
    this.#isFaultTold = true;
  }
}
