import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { checkKey, outsideRoot } from './blobKey.ts';

const isMissing = (error: unknown): boolean => {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
};

export const isInside = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

/**
 * The real path of a key: links are followed as far as the path exists, and one that leads out of the root is refused, as is one that
 * leads nowhere (whoever makes its target later would decide where we write).
 * @param root a resolved path
 * @throws ExpectedError path_outside_root
 */
export const realPathOfKey = async (root: string, key: string): Promise<string> => {
  const path = join(root, ...checkKey(key, root).split('/'));
  const missing: string[] = [];
  let existing = path;
  for (;;) {
    try {
      const real = await realpath(existing);
      if (!isInside(root, real)) throw outsideRoot(path, root);
      return join(real, ...missing);
    } catch (error) {
      if (!isMissing(error) || existing === root) throw error;
      const found = await lstat(existing).catch(() => null);
      if (found?.isSymbolicLink() === true) {
        throw new ExpectedError('path_outside_root', `${existing} is a link that leads nowhere. Remove it or mend it.`, { cause: error });
      }
      missing.unshift(basename(existing));
      existing = dirname(existing);
    }
  }
};
