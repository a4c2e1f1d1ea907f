import { open, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { EmbeddingCache } from '../../shared/ports/embeddingCache.ts';
import type { FloatTensor } from '../../shared/prompts/decoderFeeds.ts';
import { readEmbedding, writeEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { sweepTemporaries, writeFileAtomic } from '../base/atomicFile.ts';
import { isSystemError } from '../base/fileError.ts';

export interface DiskEmbeddingCacheOptions {
  readonly folder: string;
  /** Read at each use: a setting. */
  readonly limitBytes: () => number;
  /** Told once when an embedding can not be kept, and again after it has worked in between. */
  readonly onTrouble?: ((trouble: ExpectedError) => void) | undefined;
}

const keyPattern = /^[0-9a-f]{64}$/;
const absent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * A file an embedding, named by its key. When it was used last is the file's own date, so that several instances of the app share one cache without talking:
 * files appear whole (atomic replace) and may vanish at any moment, which is a miss.
 */
export const createEmbeddingCache = (options: DiskEmbeddingCacheOptions): EmbeddingCache => new DiskEmbeddingCache(options);

class DiskEmbeddingCache implements EmbeddingCache {
  readonly #options: DiskEmbeddingCacheOptions;
  /** Files whose values were digested in this process, by what changes when they are replaced: 17 MB need not be read at each use. */
  readonly #checked = new Map<Sha256, string>();
  #troubleTold = false;
  #swept: Promise<unknown> | null = null;

  constructor(options: DiskEmbeddingCacheOptions) {
    this.#options = options;
  }

  async find(key: Sha256): Promise<string | null> {
    return (await this.#look(key, false)) === null ? null : this.#pathOf(key);
  }

  async read(key: Sha256): Promise<Uint8Array | null> {
    const found = await this.#look(key, true);
    return found?.bytes ?? null;
  }

  async put(key: Sha256, tensors: readonly FloatTensor[]): Promise<string | null> {
    const path = this.#pathOf(key);
    this.#swept ??= sweepTemporaries(this.#options.folder, { depth: 0, onUnreadable: () => undefined });
    await this.#swept;
    try {
      await writeFileAtomic(path, writeEmbedding(key, tensors, crc32));
    } catch (error) {
      // Prompts work without a cache; only the next start is slower.
      if (!(error instanceof ExpectedError) && !isSystemError(error)) throw error;
      this.#tell(error);
      return null;
    }
    this.#troubleTold = false;
    await this.#makeRoom(key);
    return path;
  }

  #tell(cause: Error): void {
    if (this.#troubleTold) return;
    this.#troubleTold = true;
    const code = cause instanceof ExpectedError ? cause.code : 'file_unreadable';
    this.#options.onTrouble?.(new ExpectedError(code, `Prepared photos can not be kept for the next time (${cause.message})`, { cause }));
  }

  /** @param wanted whether the bytes are needed, also of a file that was checked before */
  async #look(key: Sha256, wanted: boolean): Promise<{ readonly bytes: Uint8Array | null } | null> {
    const path = this.#pathOf(key);
    try {
      const handle = await open(path, 'r');
      try {
        const { ino, size } = await handle.stat();
        const version = `${ino} ${size}`;
        const isChecked = this.#checked.get(key) === version;
        const bytes = wanted || !isChecked ? await handle.readFile() : null;
        if (!isChecked && bytes !== null && !isWhole(key, bytes)) {
          await rm(path, { force: true });
          return null;
        }
        this.#checked.set(key, version);
        const now = new Date();
        // Where dates may not be set (a cache that is only read) the order of removal suffers, nothing else.
        await utimes(path, now, now).catch(() => undefined);
        return { bytes };
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (absent(error) || isSystemError(error)) return null;
      throw error;
    }
  }

  /** Oldest first, until the limit holds; never the one that was just put, without which nothing would work at a limit that is too small. */
  async #makeRoom(justPut: Sha256): Promise<void> {
    const files = await this.#files();
    let totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { key, sizeBytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
      if (totalBytes <= this.#options.limitBytes()) return;
      if (key === justPut) continue;
      // Another instance may have removed it, or hold it open (Windows): the next put tries again.
      await rm(this.#pathOf(key), { force: true }).catch(() => undefined);
      this.#checked.delete(key);
      totalBytes -= sizeBytes;
    }
  }

  async #files(): Promise<{ key: Sha256; sizeBytes: number; usedMs: number }[]> {
    const names = await readdir(this.#options.folder).catch(() => []);
    const files = names.filter((name) => keyPattern.test(name)).map(async (name) => {
      const found = await stat(this.#pathOf(name as Sha256)).catch(() => null);
      return found === null ? [] : [{ key: name as Sha256, sizeBytes: found.size, usedMs: found.mtimeMs }];
    });
    return (await Promise.all(files)).flat();
  }

  #pathOf(key: Sha256): string {
    if (!keyPattern.test(key)) throw new RangeError('a key is a SHA-256');
    return join(this.#options.folder, key);
  }
}

const isWhole = (key: Sha256, bytes: Uint8Array): boolean => {
  const embedding = readEmbedding(bytes);
  return embedding !== null && embedding.header.key === key && crc32(embedding.values) === embedding.header.valuesCrc32;
};
