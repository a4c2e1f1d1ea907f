import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CancelledError, throwIfCancelled } from '../../shared/errors/errors.ts';
import { makeFolder } from './atomicFile.ts';
import { fileError } from './fileError.ts';

const ownerSchema = z.object({ pid: z.number().int(), host: z.string(), token: z.string() });

/** The holder touches its lock this often; one that was not touched for `staleMs` belongs to nobody (a crashed machine, a reused pid). */
const heartbeatMs = 5_000;
const staleMs = 60_000;
const pollMs = 100;

const processIsAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Null when the lock has gone in the meantime. A lock that can't be parsed was torn by a crash; its age decides. */
const readLock = async (path: string): Promise<{ text: string; abandoned: boolean } | null> => {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    let owner: z.infer<typeof ownerSchema> | null = null;
    try {
      owner = ownerSchema.parse(JSON.parse(text));
    } catch {
      owner = null;
    }
    const dead = owner !== null && owner.host === hostname() && !processIsAlive(owner.pid);
    return { text, abandoned: dead || Date.now() - mtimeMs > staleMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fileError(error, path);
  }
};

/** Takes a dead owner's lock away; when somebody else was quicker and the lock is a live one by now, puts it back. */
const removeAbandoned = async (path: string, seen: string): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw fileError(error, path);
  }
  if ((await readFile(aside, 'utf8')) !== seen) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

const tryTake = async (path: string, content: string): Promise<boolean> => {
  try {
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError(error, path);
  }
};

/** Whether somebody who is alive holds it. */
export const isFileLocked = async (path: string): Promise<boolean> => (await readLock(path))?.abandoned === false;

export interface FileLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** What is thrown where somebody holds it. Default: it is waited for. */
  readonly refusal?: (() => Error) | undefined;
}

/**
 * Takes what only one process at a time may have, kept by a file that names its owner. Others wait (or are refused); a dead owner's lock is taken over.
 * Not reentrant. The work itself must stay correct should two get in after all (a suspended machine): it is a courtesy, not a proof.
 * @returns gives it back
 * @throws CancelledError while waiting
 */
export const takeFileLock = async (path: string, options: FileLockOptions = {}): Promise<() => Promise<void>> => {
  const content = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  try {
    await makeFolder(dirname(path));
  } catch (error) {
    throw fileError(error, dirname(path));
  }
  while (!(await tryTake(path, content))) {
    throwIfCancelled(options.signal);
    const held = await readLock(path);
    if (held?.abandoned === true) await removeAbandoned(path, held.text);
    else if (held !== null) {
      if (options.refusal !== undefined) throw options.refusal();
      await sleep(pollMs, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch((error: unknown) => {
        throw new CancelledError('Cancelled', { cause: error });
      });
    }
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Failing to touch it costs nothing but the protection against a takeover after a minute.
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    const held = await readFile(path, 'utf8').catch(() => null);
    if (held === content) await rm(path, { force: true });
  };
};

/** Does work under {@link takeFileLock}. @throws CancelledError while waiting */
export const withFileLock = async <T>(path: string, work: () => Promise<T>, options: FileLockOptions = {}): Promise<T> => {
  const release = await takeFileLock(path, options);
  try {
    return await work();
  } finally {
    await release();
  }
};
