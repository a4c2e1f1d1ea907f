import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './progress.mjs';

/** When a process began, so that a reused pid is not taken for the owner; null where the system doesn't tell. */
const processStart = (pid) => {
  try {
    // Field 22 of /proc/<pid>/stat (proc(5)); the name in field 2 may hold spaces, hence the cut after its bracket.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
  } catch {
    return null;
  }
};

/** @param {{pid: number, host: string, processStart: string | null}} owner */
export const ownerLives = (owner) => {
  if (owner.token === '') return false;
  // Another machine on a shared disk can't be asked; its lock is respected.
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return owner.processStart === null || owner.processStart === processStart(owner.pid);
};

const nobody = { token: '', pid: 0, host: '', processStart: null };

/** @returns the owner, `nobody` for a file that is none of ours, null when there is no lock */
const readOwner = (path) => {
  try {
    return { ...nobody, ...JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    if (error instanceof SyntaxError) return nobody;
    throw error;
  }
};

/** Makes the lock with its content in one step (link of a finished file), so that no reader sees it empty. */
const tryTake = (path, owner) => {
  const own = `${path}.${owner.token}`;
  writeFileSync(own, JSON.stringify(owner));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
};

/** Takes a dead owner's lock away. Moved aside first: when a living one came in between, it is put back. */
const removeDead = (path, dead) => {
  const aside = `${path}.dead-${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const taken = readOwner(aside);
  if (taken !== null && taken.token !== dead.token) tryTake(path, taken);
  rmSync(aside, { force: true });
};

/**
 * Runs `work` while holding the lock file; waits for a living owner, takes over from a dead one.
 * @template T @param {string} path @param {() => Promise<T>} work @param {{pollMs?: number}} options @returns {Promise<T>}
 */
export const withLock = async (path, work, { pollMs = 200 } = {}) => {
  mkdirSync(dirname(path), { recursive: true });
  const owner = { token: randomUUID(), pid: process.pid, host: hostname(), processStart: processStart(process.pid) };
  let told = false;
  while (!tryTake(path, owner)) {
    const current = readOwner(path);
    if (current === null) continue;
    if (!ownerLives(current)) {
      removeDead(path, current);
      continue;
    }
    if (!told) say(`another set-up is at work (process ${current.pid}); waiting for it`);
    told = true;
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    if (readOwner(path)?.token === owner.token) rmSync(path, { force: true });
  }
};
