/** Where temporary files may lie and who hears of what is in the way. */
export interface SweepScope {
  /** The folders that are written to; `depth`: folders below the key. Default: the whole root. */
  readonly sweepFolders?: readonly { readonly key: string; readonly depth: number }[];
  /** Told of what a sweep can't read or remove and passes over. Default: the sweep ends with it. */
  readonly onUnreadable?: (error: unknown) => void;
}

/** Whether a key lies where a sweep may clear up. */
export const isInScope = (key: string, { sweepFolders }: SweepScope): boolean =>
  sweepFolders === undefined ||
  sweepFolders.some((folder) => {
    const prefix = folder.key === '' ? '' : `${folder.key}/`;
    return key.startsWith(prefix) && key.slice(prefix.length).split('/').length - 1 <= folder.depth;
  });
