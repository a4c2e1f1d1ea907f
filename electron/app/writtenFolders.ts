import { importedImagePatterns, ownBlobsFolder } from '../../shared/domain/blobKeys.ts';

/** A folder of the data root and how deep below it Maskdesk writes. */
export interface WrittenFolder {
  readonly key: string;
  readonly depth: number;
}

/** The folder before `{name}`; a pattern with folders after that (`data/{name}/mask.png`) is written to as many deeper. */
const folderOf = (pattern: string): WrittenFolder => {
  const fixed = pattern.slice(0, pattern.indexOf('{name}'));
  const key = fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')));
  const below = key === '' ? pattern : pattern.slice(key.length + 1);
  return { key, depth: below.split('/').length - 1 };
};

/**
 * Every folder of the data root that Maskdesk writes to. A pipeline's data root holds far more, which is not ours to walk through.
 * @param maskPatterns as createStableKeys takes them
 */
export const writtenFolders = (maskPatterns: readonly string[]): readonly WrittenFolder[] => [
  { key: ownBlobsFolder, depth: Infinity },
  // Photos that come in with masks lie in a folder of their import.
  ...Object.values(importedImagePatterns).map((pattern) => ({ ...folderOf(pattern), depth: 1 })),
  ...maskPatterns.map(folderOf),
];
