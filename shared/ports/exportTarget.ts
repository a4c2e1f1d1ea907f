import type { AnnotationSource } from './annotationSource.ts';

/** free: nothing, or an empty folder · export: a finished one, which `overwrite` replaces · other: something that is not ours, and stays. */
export type TargetStanding = 'free' | 'export' | 'other';

/**
 * Where an export goes: a folder, a zip file, a prefix of a bucket. Paths as in {@link AnnotationSource}; each is put once, in the same order in each run of
 * the same export. Until `commit` nothing that is there can be taken for a finished export (folder and zip have another name; a bucket holds the marker
 * {@link unfinishedMarker}), and a kill leaves what a later run can go on from.
 */
export interface ExportTarget {
  /** For people. */
  readonly location: string;
  /**
   * A folder of this machine, on the target's disk where it has one: spools and what the engine notes down. `begin` makes it; it outlives a kill, and is gone after
   * commit and discard. What another run left in it can be read before `begin`.
   */
  readonly scratch: string;
  /** What is there now; touches nothing. @throws ExpectedError permission_denied where nothing can be written there; blobs_unreachable */
  look(): Promise<TargetStanding>;
  /** Would `begin` be refused now? Touches nothing. @throws ExpectedError target_exists, and as look */
  check(): Promise<void>;
  /**
   * First call but for look. Takes up what an interrupted run put, or throws it away.
   * @param checkpoint as `checkpoint` gave it (JSON); null: from the start. What was put after it is forgotten
   * @throws ExpectedError target_exists where something is in the way that may not be replaced, or another process is writing there; file_unreadable where what the
   * checkpoint tells of is gone; disk_full, permission_denied, blobs_unreachable
   */
  begin(checkpoint: unknown): Promise<void>;
  /** @throws ExpectedError disk_full, permission_denied, path_outside_root, blobs_unreachable */
  put(path: string, bytes: Uint8Array): Promise<void>;
  /** A file of this machine, however large, with memory flat. The file stays where it is. @throws as put */
  putFile(path: string, file: string): Promise<void>;
  /** What reading back found: in the folder or the bucket; beside a zip, as `<name of the zip without its ending>.<fileName>`, with commit. After reading back. @returns where it will be, for people. @throws as put, target_exists */
  putReport(fileName: string, file: string): Promise<string>;
  /** All that was put so far survives a kill; what `begin` is to be given to go on from here. Cheap enough for once a second. */
  checkpoint(): Promise<unknown>;
  /** After the last put: what is there now, to be read back before it counts. Closed by the caller. */
  readBack(): Promise<AnnotationSource>;
  /** It is finished, and survives a power cut. Replaces what stood there, where it was allowed to. */
  commit(): Promise<void>;
  /** Leaves nothing behind, also instead of begin: of what another run left. @throws ExpectedError target_exists where another process is writing there */
  discard(): Promise<void>;
  /** Leaves what there is for another run. After commit and discard nothing is left to do. */
  close(): Promise<void>;
}

/** Lies at the top of an export that is not finished, wherever the files have their own names already. */
export const unfinishedMarker = 'EXPORT-NOT-FINISHED.txt';
