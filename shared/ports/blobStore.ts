import type { Sha256 } from '../domain/ids.ts';

/**
 * Files under the data root. A key is a relative POSIX path (`data/masks/products/a.png`) with no empty, `.` or `..` segment. Writing is
 * atomic: a reader sees the old bytes, the new bytes or nothing; after `put` resolves the bytes survive a power cut.
 */
export interface BlobStore {
  /** For people: where this is (a folder, a bucket). */
  readonly location: string;
  /**
   * Replaces atomically.
   * @param onUnanswered told of each try whose end is not known, though this call may succeed with another: it may land later (mayLandLate)
   * @throws ExpectedError disk_full, permission_denied, path_outside_root; blobs_unreachable (any of these may)
   */
  put(key: string, bytes: Uint8Array, onUnanswered?: () => void): Promise<void>;
  /** As `put`, a file of this machine, however large, with memory flat. @throws as put; file_unreadable */
  putFile(key: string, file: string, onUnanswered?: () => void): Promise<void>;
  /** @throws ExpectedError blob_missing, path_outside_root (also where a link leads out of the root) */
  get(key: string): Promise<Uint8Array>;
  /** As `get`, into a file of this machine that is not there yet, with memory flat. It is there whole or not at all. @throws as get; disk_full, permission_denied, file_unreadable */
  getFile(key: string, file: string): Promise<void>;
  has(key: string): Promise<boolean>;
  /**
   * Tells one file's trouble from everybody's: an unmounted root answers "missing" and a rotated key "denied" for each file alike.
   * @throws ExpectedError blobs_unreachable
   */
  assertReachable(): Promise<void>;
  /** Reads the bytes back and digests them. @throws ExpectedError blob_missing */
  sha256(key: string): Promise<Sha256>;
  /** Removing what is not there is no error. @param onUnanswered as for put */
  remove(key: string, onUnanswered?: () => void): Promise<void>;
  /** Removes the folder itself where nothing is in it; nobody may be writing into it. Nothing where there are no folders (a bucket). @param folder ends with `/` */
  removeEmptyFolder(folder: string): Promise<void>;
  /** Keys with that prefix, in no order; temporary files are never among them. */
  list(prefix: string): AsyncIterable<string>;
  /** As `list`, with sizes. */
  listSized(prefix: string): AsyncIterable<SizedKey>;
  /** Removes temporary files (unfinished uploads) that a killed process left; returns how many. Leaves those of writers that are alive. */
  sweepTemporaries(): Promise<number>;
  /**
   * Key of a `local_path` of the database (relative to the data root, or absolute under it).
   * @throws ExpectedError path_outside_root
   */
  keyOfPath(localPath: string): string;
  /** The string that goes into the database and into events for a key (prefix, absolute or relative: settings). */
  pathOfKey(key: string): string;
  /**
   * Whether a `put` (or `remove`) whose answer never came may still be done later, over what was put since: so it is with a server behind a network, and no order
   * of requests helps against it. Who writes the same key twice must then look again for a while (services/publish/settleWatch).
   */
  readonly mayLandLate: boolean;
  /**
   * As `get`, without the bytes where they are still those that the tag was given with. Null where reading is no dearer than asking (a disk).
   * @throws ExpectedError as get
   */
  readonly getTagged: ((key: string, knownTag: string | null) => Promise<TaggedBytes | 'unchanged'>) | null;
  /**
   * A link that reads the file for so long without any other right (1 .. 604800 s; default: a setting), for browsers and consumers outside. Null where there are
   * no links. Made without asking whether the file is there. A link is a secret while it works: never logged.
   */
  readonly linkTo: ((key: string, expiresS?: number) => Promise<string>) | null;
}

export interface SizedKey {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface TaggedBytes {
  readonly bytes: Uint8Array;
  /** Changes whenever the bytes do. */
  readonly tag: string;
}
