import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Owners that live in this very process: a second service beside ours is alive, an id that is not here belongs to an earlier process. */
const ownHere = new Set<string>();

/** Changes when the machine starts anew, so that a process id from before means nothing. Empty where the system does not tell. */
const bootId = ((): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
})();

/** Process ids of one container mean nothing in another, and containers may share a host's name and its boot. Empty where there is no such thing. */
const pidNamespace = ((): string => {
  try {
    return `@${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''}`;
  } catch {
    return '';
  }
})();

const thisMachine = `${hostname().replaceAll(/[:/]/g, '-')}${pidNamespace}/${bootId}`;

/** `<host>@<PID namespace>/<boot>:<pid>:<uuid>`: who has claimed a task, or writes to a folder. */
export const claimOwner = (uuid: string): { readonly owner: string; readonly release: () => void } => {
  const owner = `${thisMachine}:${process.pid}:${uuid}`;
  ownHere.add(owner);
  return { owner, release: () => void ownHere.delete(owner) };
};

/**
 * True only where it is certain: on this machine, and its process has gone. Of another machine's or container's owners nothing is known but how
 * long their claims hold.
 */
export const ownerIsDead = (owner: string): boolean => {
  const [machine, pidText] = owner.split(':');
  const pid = Number(pidText);
  if (machine === undefined || !Number.isInteger(pid) || pid <= 0) return true;
  const [host, boot] = machine.split('/');
  const [thisHost] = thisMachine.split('/');
  if (host !== thisHost) return false;
  if (boot !== bootId) return true;
  if (pid === process.pid) return !ownHere.has(owner);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
};
