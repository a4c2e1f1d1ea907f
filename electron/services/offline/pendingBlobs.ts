import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { digestOfKey } from '../../../shared/domain/blobKeys.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import { awayPartOf, type Reachability } from './reachability.ts';

/** A blob store for a desk: masks and mattes that can't be stored now wait on this machine. */
export interface PendingBlobs {
  readonly blobs: BlobStore;
  isPending(key: string): Promise<boolean>;
  /** Stores everything that waits. @throws ExpectedError blobs_unreachable and others of BlobStore.put */
  flush(): Promise<void>;
}

const nothingThere = (error: unknown): null => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
};

/**
 * Only what is named by its own digest may wait: such a file is never another one later. Everything else (stable masks) is published in order, by
 * the store's say.
 * @param folder made when it is first written to
 */
export const createPendingBlobs = (blobs: BlobStore, folder: string, reach: Reachability): PendingBlobs => {
  const pathOf = (key: string): string => join(folder, encodeURIComponent(key));
  const read = async (key: string): Promise<Uint8Array | null> => {
    if (digestOfKey(key) === null) return null;
    try {
      return await readFile(pathOf(key)).catch(nothingThere);
    } catch (error) {
      throw fileError(error, pathOf(key));
    }
  };

  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      reach.failed(error);
      throw error;
    }
  };

  /** @param instead null: there is nothing on this machine either */
  const orPending = async <T>(work: () => Promise<T>, instead: () => Promise<T | null>): Promise<T> => {
    try {
      return await watched(work);
    } catch (error) {
      const found = awayPartOf(error) !== null || isExpected(error, 'blob_missing') ? await instead() : null;
      if (found === null) throw error;
      return found;
    }
  };

  const desk: BlobStore = {
    ...blobs,
    get: (key) => orPending(() => blobs.get(key), () => read(key)),
    has: async (key) => (await read(key)) !== null || watched(() => blobs.has(key)),
    put: async (key, bytes, onUnanswered) => {
      const mayWait = digestOfKey(key) !== null;
      try {
        if (mayWait && reach.isAway('files')) throw reach.errorOf('files');
        await watched(() => blobs.put(key, bytes, onUnanswered));
      } catch (error) {
        if (!mayWait || awayPartOf(error) !== 'files') throw error;
        await writeFileAtomic(pathOf(key), bytes);
      }
    },
    putFile: (key, file, onUnanswered) => watched(() => blobs.putFile(key, file, onUnanswered)),
    getFile: (key, file) => watched(() => blobs.getFile(key, file)),
    sha256: (key) => watched(() => blobs.sha256(key)),
  };

  return {
    blobs: desk,
    isPending: async (key) => (await read(key)) !== null,
    flush: async () => {
      const names = (await readdir(folder).catch(nothingThere)) ?? [];
      for (const name of names) {
        const key = decodeURIComponent(name);
        const bytes = await read(key);
        // Temporary files of a writer that died are no blobs.
        if (bytes === null) continue;
        await watched(() => blobs.put(key, bytes));
        await rm(pathOf(key), { force: true });
      }
    },
  };
};
