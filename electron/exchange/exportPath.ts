import { isBlobKey } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { unfinishedMarker } from '../../shared/ports/exportTarget.ts';

/**
 * Relative, with forward slashes, no empty, `.` or `..` segment, and none that would lead elsewhere on Windows.
 * @throws ExpectedError path_outside_root
 */
export const checkExportPath = (path: string, location: string): string => {
  if (!isBlobKey(path) || /^[a-z]:/i.test(path) || path === unfinishedMarker) {
    throw new ExpectedError('path_outside_root', `${JSON.stringify(path)} can't be a file of the export ${location}: it leads out of it.`);
  }
  return path;
};
