import { lstat, readdir } from 'node:fs/promises';
import { fileError } from '../base/fileError.ts';
import type { TargetStanding } from '../../shared/ports/exportTarget.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** The last files that an export of ours is given, at its top; together no other program writes them. */
const signs = ['manifest.jsonl', 'DATACARD.md'];

export const isExportOfOurs = (topNames: ReadonlySet<string>): boolean => signs.every((name) => topNames.has(name));

/** What stands where a folder is to be: nothing (or an empty folder), a finished export of ours, or something that is not ours to replace. */
export type Standing = 'nothing' | 'empty' | 'export' | 'other';

/** Of what is not there when it is followed. */
export const isDanglingLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );

/** @throws ExpectedError permission_denied, file_unreadable */
export const standingAt = async (folder: string): Promise<Standing> => {
  try {
    const names = new Set(await readdir(folder));
    if (names.size === 0) return 'empty';
    return isExportOfOurs(names) ? 'export' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return (await isDanglingLink(folder)) ? 'other' : 'nothing';
    if (code === 'ENOTDIR') return 'other';
    throw fileError(error, folder);
  }
};

export const targetStanding = (standing: Standing): TargetStanding => (standing === 'nothing' || standing === 'empty' ? 'free' : standing);

/** @throws ExpectedError target_exists; details.allowedBy: the choice that would allow it */
export const assertReplaceable = (standing: Standing, overwrite: boolean, location: string): void => {
  if (standing === 'other') throw new ExpectedError('target_exists', `What is at ${location} is no export of Maskdesk, and is left as it is. Choose another place.`);
  if (standing === 'export' && !overwrite) throw new ExpectedError('target_exists', `${location} is a finished export already. Choose another place, or have it replaced.`, { details: { allowedBy: 'overwrite' } });
};
