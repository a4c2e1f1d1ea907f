/** Files that another program (or an export of ours) wrote, to be read: a folder, a zip, one file, a prefix of a bucket. Never written to. */
export interface AnnotationSource {
  /** For people: the folder's, file's or bucket's path. */
  readonly location: string;
  /** Last part of it, for lists and origins. */
  readonly name: string;
  /**
   * All files, sorted by path. Paths are relative, with forward slashes and no empty, `.` or `..` segment: a source that holds another one (a path
   * trick in a zip), a link that leads out of it, or more than `maxFiles` refuses.
   * @throws ExpectedError annotations_invalid, file_unreadable, permission_denied
   */
  files(): Promise<readonly SourceFile[]>;
  /** @param maxBytes larger files are refused; default 512 MiB. @throws ExpectedError file_unreadable (not there, not readable), annotations_invalid (too large, a zip's damaged entry) */
  read(path: string, maxBytes?: number): Promise<Uint8Array>;
  /** For files that do not fit into memory. @throws as read */
  open(path: string): Promise<OpenSourceFile>;
  /** Closes what was opened and is still open. */
  close(): Promise<void>;
}

export interface SourceFile {
  readonly path: string;
  /** As it comes out, unpacked. */
  readonly sizeBytes: number;
}

export interface OpenSourceFile {
  readonly sizeBytes: number;
  /** Fewer bytes only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
