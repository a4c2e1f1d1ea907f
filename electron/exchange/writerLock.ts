import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../base/fileError.ts';
import { claimOwner, ownerIsDead } from '../base/owner.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

export interface WriterLock {
  release(): Promise<void>;
}

/** Where the lock lies in a folder. */
export const writerLockName = 'writer.lock';

/** A lock without a name is one that is being written, or was when the power went. */
const namelessForMs = 10_000;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Exclusive creation works on every disk, sticks included; links do not. */
const tryToMake = async (path: string, owner: string): Promise<boolean> => {
  try {
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(owner);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw fileError(error, path);
  }
};

/** Null: there is no lock any more. */
const ownerAt = async (path: string): Promise<{ readonly owner: string; readonly isDead: boolean } | null> => {
  try {
    const owner = await readFile(path, 'utf8');
    if (owner !== '') return { owner, isDead: ownerIsDead(owner) };
    return { owner, isDead: Date.now() - (await stat(path)).mtimeMs > namelessForMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw fileError(error, path);
  }
};

/** Takes a dead writer's lock away, unless it is another's by then. */
const clear = async (path: string, dead: string): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) === dead) await rm(aside);
    else await rename(aside, path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw fileError(error, path);
  }
};

/**
 * One writer a folder, in all processes. What a killed one left is taken over; another machine's (a shared folder) only by removing the file.
 * @throws ExpectedError target_exists where somebody is writing; permission_denied, disk_full
 */
export const lockWriter = async (folder: string, location: string): Promise<WriterLock> => {
  const path = join(folder, writerLockName);
  const { owner, release } = claimOwner(randomUUID());
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await tryToMake(path, owner)) {
        return {
          release: async () => {
            release();
            await rm(path, { force: true });
          },
        };
      }
      const standing = await ownerAt(path);
      if (standing !== null && !standing.isDead) break;
      if (standing !== null) await clear(path, standing.owner);
    }
    throw new ExpectedError('target_exists', `Another export is being written to ${location}. Wait for it or cancel it. If none is (after a crash of another machine, say), remove ${path}.`);
  } catch (error) {
    release();
    throw error;
  }
};
