import { sha256Hex } from '../../base/hash.ts';
import { digestOfKey } from '../../../shared/domain/blobKeys.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { CacheFolder } from './cacheFolder.ts';

/**
 * A blob store whose reading goes through a folder on this machine. What is named by its own digest never changes and is not asked for again; anything else
 * (stable masks, photos) is asked for each time, and its bytes come only where the server says that they are others: nothing stale is ever given.
 * `has`, `sha256` and `list` always ask: who verifies a file wants to know what lies there.
 */
export const withCache = (blobs: BlobStore, folder: CacheFolder): BlobStore => {
  const nameOf = (key: string): string => `${blobs.location}\n${key}`;
  /** What is being fetched now, of what never changes: two who want it get one answer. */
  const fetching = new Map<string, Promise<Uint8Array>>();

  const getUnchanging = async (key: string, digest: string): Promise<Uint8Array> => {
    const kept = await folder.find(nameOf(key));
    if (kept !== null && sha256Hex(kept.bytes) === digest) return kept.bytes;
    const bytes = await blobs.get(key);
    // Damaged bytes are for the reader to complain of, not for keeping.
    if (sha256Hex(bytes) === digest) await folder.keep(nameOf(key), { tag: '', bytes });
    return bytes;
  };

  const getShared = async (key: string, digest: string): Promise<Uint8Array> => {
    const under = fetching.get(key);
    if (under !== undefined) return (await under).slice();
    const fetched = getUnchanging(key, digest).finally(() => fetching.delete(key));
    fetching.set(key, fetched);
    return fetched;
  };

  const getChanging = async (key: string): Promise<Uint8Array> => {
    if (blobs.getTagged === null) return blobs.get(key);
    const kept = await folder.find(nameOf(key));
    const found = await blobs.getTagged(key, kept === null ? null : kept.tag);
    if (found !== 'unchanged') {
      await folder.keep(nameOf(key), found);
      return found.bytes;
    }
    return kept === null ? blobs.get(key) : kept.bytes;
  };

  return {
    ...blobs,
    get: (key) => {
      const digest = digestOfKey(key);
      return digest === null ? getChanging(key) : getShared(key, digest);
    },
    put: async (key, bytes, onUnanswered) => {
      await blobs.put(key, bytes, onUnanswered);
      // A mask that was just stored is looked at next.
      if (digestOfKey(key) === sha256Hex(bytes)) await folder.keep(nameOf(key), { tag: '', bytes });
      else await folder.drop(nameOf(key));
    },
    putFile: async (key, file, onUnanswered) => {
      await blobs.putFile(key, file, onUnanswered);
      await folder.drop(nameOf(key));
    },
    remove: async (key, onUnanswered) => {
      await blobs.remove(key, onUnanswered);
      await folder.drop(nameOf(key));
    },
  };
};
