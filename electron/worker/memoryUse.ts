import { readFile } from 'node:fs/promises';
import { constants, totalmem } from 'node:os';

const bytesPerKilobyte = 1024;

/** Resident bytes of another process, from Linux' /proc; 0 where it has ended or the system tells no such thing. */
const residentBytesOf = async (pid: number): Promise<number> => {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
    return line === null ? 0 : Number(line[1]) * bytesPerKilobyte;
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException;
    // Ended between the question and the answer, or a system without /proc: what is ours alone counts then.
    if (errno === -constants.errno.ENOENT || errno === -constants.errno.ESRCH) return 0;
    throw error;
  }
};

export interface MemoryUse {
  readonly workerBytes: number;
  readonly inferenceBytes: number;
}

/** @param inferencePid null while no model process runs */
export const memoryUse = async (inferencePid: number | null): Promise<MemoryUse> => ({
  workerBytes: process.memoryUsage.rss(),
  inferenceBytes: inferencePid === null ? 0 : await residentBytesOf(inferencePid),
});

/** What the container allows, else what the machine has. */
export const availableMemoryBytes = (): number => {
  const constrained = process.constrainedMemory();
  // Without a limit some kernels name a number near 2^63.
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
};
