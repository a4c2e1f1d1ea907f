import { ExpectedError } from '../../shared/errors/errors.ts';

export const outsideRoot = (path: string, root: string): ExpectedError =>
  new ExpectedError('path_outside_root', `${path} does not lie inside the data root ${root}. Maskdesk reads and writes nothing outside it.`);

/**
 * A key is a relative POSIX path with no empty, `.` or `..` segment, no backslash and no NUL.
 * @throws ExpectedError path_outside_root
 */
export const checkKey = (key: string, root: string): string => {
  const segments = key.split('/');
  const bad = segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  // `C:` would be absolute on Windows, and name another stream of a file there.
  const drive = process.platform === 'win32' && key.includes(':');
  if (bad || drive || key.includes('\\') || key.includes('\0')) throw outsideRoot(JSON.stringify(key), root);
  return key;
};
