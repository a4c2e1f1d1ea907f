import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from './atomicFile.ts';
import { fileError } from './fileError.ts';
import { Mutex } from './mutex.ts';

const fileName = 'preferences.json';

/** What is not a file of ours, or damaged, holds nothing: preferences are a convenience. @throws ExpectedError permission_denied */
const readAll = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw fileError(error, path);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

/**
 * What belongs to this person at this machine, whatever store is open: their name, keys, colours. One JSON file in the user's data folder,
 * read again before each change, so that two windows on two stores lose nothing of each other's but the very same key.
 */
export class MachinePreferences {
  readonly #path: string;
  readonly #turns = new Mutex();

  constructor(dataDir: string) {
    this.#path = join(dataDir, fileName);
  }

  async get(key: string): Promise<unknown> {
    return (await readAll(this.#path))[key] ?? null;
  }

  /** @param value JSON; null removes the key. @throws ExpectedError disk_full, permission_denied */
  set(key: string, value: unknown): Promise<void> {
    return this.#turns.run(async () => {
      const { [key]: _replaced, ...others } = await readAll(this.#path);
      await writeFileAtomic(this.#path, `${JSON.stringify(value === null ? others : { ...others, [key]: value }, null, 2)}\n`);
    });
  }
}
