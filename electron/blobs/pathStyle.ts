import { isAbsolute, posix, relative, sep } from 'node:path';
import { checkKey, outsideRoot } from './blobKey.ts';

/** How `masked_local_path` and `mask_path` are written (contracts.md A). */
export interface PathStyle {
  /**
   * relative: `data/masks/a.png` · absolute: the same under a folder. Running installations of the pipeline have absolute paths, often of
   * another machine's or a container's view of the data root.
   */
  readonly style: 'relative' | 'absolute';
  /** What is put in front: for absolute the data root as the pipeline sees it (default: as it is here), for relative mostly nothing. */
  readonly prefix?: string;
}

export interface PathStyles {
  keyOfPath(localPath: string): string;
  pathOfKey(key: string): string;
}

const withoutEndSlash = (path: string): string => path.replace(/\/+$/, '');
const toPosix = (path: string): string => (sep === '\\' ? path.replaceAll('\\', '/') : path);

/** Part of a path below a folder; null where it is not below. Compares text: links are looked at when a file is touched. */
const below = (folder: string, path: string): string | null => {
  if (folder === '') return null;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
};

/**
 * @param configured the data root as people know it
 * @param roots folders of this machine that are the data root: as configured and as the system resolves it, as paths may have been written through either
 */
export const createPathStyles = (configured: string, roots: readonly string[], settings: PathStyle): PathStyles => {
  const prefix = withoutEndSlash(toPosix(settings.prefix ?? (settings.style === 'absolute' ? configured : '')));
  return {
    keyOfPath: (localPath) => {
      const path = posix.normalize(toPosix(localPath));
      const inPrefix = below(prefix, path);
      if (inPrefix !== null) return checkKey(inPrefix, configured);
      if (!isAbsolute(localPath) && !posix.isAbsolute(path)) return checkKey(path, configured);
      for (const root of roots) {
        const inside = toPosix(relative(root, localPath));
        if (inside !== '' && inside !== '..' && !inside.startsWith('../') && !isAbsolute(inside)) return checkKey(inside, configured);
      }
      throw outsideRoot(localPath, configured);
    },
    pathOfKey: (key) => (prefix === '' ? checkKey(key, configured) : `${prefix}/${checkKey(key, configured)}`),
  };
};
