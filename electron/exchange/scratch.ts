import { constants } from 'node:fs';
import { access, readdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import type { TargetStanding } from '../../shared/ports/exportTarget.ts';
import { assertReplaceable, targetStanding, type Standing } from './finishedExport.ts';
import { isThere, onDisk } from './onDisk.ts';
import { lockWriter, writerLockName, type WriterLock } from './writerLock.ts';

/** Beside the export and so on its disk: what is in it becomes the export by a rename. */
export const scratchOf = (out: string): string => `${out}.maskdesk-part`;

export interface ScratchUse {
  readonly folder: string;
  /** The export's place, for people. */
  readonly location: string;
  readonly overwrite: boolean;
  /** What is where the export is to be. */
  standing(): Promise<Standing>;
  /** Puts right what a kill in the middle of commit left. */
  recover(): Promise<void>;
  /** Whether that kill came after the last step that counts. */
  isFinishedAlready(): Promise<boolean>;
}

/** What a run leaves in its folder whenever it is interrupted: any of these. */
const signs = [writerLockName, 'export.json', 'files.log', 'export.zip', 'directory'];

/** A folder that only has the name of one of ours. */
const assertOurs = async (folder: string): Promise<void> => {
  const names = await onDisk(folder, () => readdir(folder));
  if (names.length > 0 && !names.some((name) => signs.includes(name))) {
    throw new ExpectedError('target_exists', `${folder} is where the export would be put together, and there are files in it that are not Maskdesk’s (${names[0]}). Move it away, or choose another place.`);
  }
};

export const removeScratch = (folder: string): Promise<void> => onDisk(folder, () => rm(folder, { recursive: true, force: true }));

/** Says the place that the person named, not the scratch beside it, and what to do. */
const makePlace = async (folder: string, location: string): Promise<void> => {
  try {
    await makeFolder(folder);
  } catch (error) {
    throw notWritable(error, location);
  }
};

const notWritable = (error: unknown, location: string): unknown => {
  const known = fileError(error, dirname(location));
  if (!isExpected(known) || known.code === 'disk_full') return known;
  // The sentence has said it all: the system's own would name a folder that nobody asked for.
  return new ExpectedError('permission_denied', `Nothing can be written at ${location}: ${whyNot(error)} Choose another place.`);
};

/** The nearest folder above that is there: what is missing is made in it. */
const folderAbove = async (path: string): Promise<string> => {
  const parent = dirname(path);
  if (parent === path) return path;
  try {
    await stat(parent);
    return parent;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return folderAbove(parent);
  }
};

/** What is at the place, of which nothing is made or taken. @throws ExpectedError permission_denied */
export const lookAt = async (use: ScratchUse): Promise<TargetStanding> => {
  const standing = targetStanding(await use.standing());
  try {
    await access(await folderAbove(use.folder), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(error, use.location);
  }
  return standing;
};

/** @throws ExpectedError target_exists, permission_denied */
export const checkPlace = async (use: ScratchUse): Promise<void> => {
  if (await isThere(use.folder)) await assertOurs(use.folder);
  await lookAt(use);
  assertReplaceable(await use.standing(), use.overwrite, use.location);
};

/** The two of the causes that need other words: of a folder that is to be made. */
const whyNot = (error: unknown): string => {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `the folder ${path ?? ''} can’t be made.`;
  if (code === 'EROFS') return 'the disk is read-only.';
  return (fileError(error, path ?? '') as Error).message;
};

/**
 * Makes the scratch folder this run's own.
 * @param goesOn this run takes up an earlier one
 * @throws ExpectedError target_exists; disk_full, permission_denied
 */
export const claimScratch = async (use: ScratchUse, goesOn: boolean): Promise<WriterLock> => {
  const { folder, location, overwrite } = use;
  // Nothing is made where the export is refused.
  if (await isThere(folder)) await assertOurs(folder);
  else assertReplaceable(await use.standing(), overwrite, location);
  await makePlace(folder, location);
  const lock = await lockWriter(folder, location);
  try {
    await use.recover();
    if (goesOn && (await use.isFinishedAlready())) {
      await removeScratch(folder);
      throw new ExpectedError('target_exists', `${location} was finished just before the interruption: there is nothing left to do.`);
    }
    assertReplaceable(await use.standing(), overwrite, location);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
};

/** Throws away what another run left. @throws ExpectedError target_exists where one is at work */
export const discardScratch = async (use: ScratchUse): Promise<void> => {
  const { folder, location } = use;
  if (!(await isThere(folder))) return;
  await assertOurs(folder);
  const lock = await lockWriter(folder, location);
  try {
    await use.recover();
    await removeScratch(folder);
  } finally {
    await lock.release();
  }
};
