import { isBlobKey } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

export const outsideRoot = (path: string, root: string): ExpectedError =>
  new ExpectedError('path_outside_root', `${path} does not lie inside the data root ${root}. Maskdesk reads and writes nothing outside it.`);

/** @throws ExpectedError path_outside_root for what is no key (shared/domain/blobKeys.ts) */
export const checkKey = (key: string, root: string): string => {
  // `C:` would be absolute on Windows, and name another stream of a file there.
  const drive = process.platform === 'win32' && key.includes(':');
  if (drive || !isBlobKey(key)) throw outsideRoot(JSON.stringify(key), root);
  return key;
};
