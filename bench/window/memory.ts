import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, ElectronApplication } from 'playwright';

export interface PageMemory {
  /** JavaScript objects, and the bytes of array buffers behind them, after collecting garbage. */
  readonly heapBytes: number;
  /** What the renderer's process has for itself: private pages on Linux, the working set elsewhere. */
  readonly processBytes: number;
}

const kilobyte = 1024;
const looks = 5;
const lookEveryMs = 500;

/** Private pages of a process on Linux (proc(5), smaps_rollup); null elsewhere. */
const privateBytes = async (pid: number): Promise<number | null> => {
  if (process.platform !== 'linux') return null;
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].reduce((sum, [, value]) => sum + Number(value), 0);
  return kilobytes * kilobyte;
};

interface ProcessMemory {
  readonly type: string;
  readonly name: string;
  readonly pid: number;
  readonly bytes: number;
}

/** Every process of the app. Private pages are counted on Linux: shared ones would count once in each. */
export const processesOf = async (app: ElectronApplication): Promise<readonly ProcessMemory[]> => {
  const metrics = await app.evaluate(({ app: electronApp }) =>
    electronApp.getAppMetrics().map(({ pid, type, name, memory }) => ({ pid, type, name: name ?? type, workingSetKb: memory.workingSetSize })),
  );
  return Promise.all(
    metrics.map(async ({ pid, type, name, workingSetKb }) => ({ pid, type, name, bytes: (await privateBytes(pid)) ?? workingSetKb * kilobyte })),
  );
};

export const collectGarbage = async (cdp: CDPSession): Promise<void> => {
  // Twice: buffers of the first round are released while the second runs.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
};

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

/** The page's memory after collecting garbage. */
export const pageMemory = async (app: ElectronApplication, cdp: CDPSession): Promise<PageMemory> => {
  await collectGarbage(cdp);
  const { usedSize, backingStorageSize = 0 }: HeapUsage = await cdp.send('Runtime.getHeapUsage');
  // Freed pages go back to the system a while later: the least of a few looks is what is held.
  let processBytes = Infinity;
  for (let look = 0; look < looks; look++) {
    const renderer = (await processesOf(app)).find(({ type }) => type === 'Tab');
    if (renderer === undefined) throw new Error('the app has no page');
    processBytes = Math.min(processBytes, renderer.bytes);
    await sleep(lookEveryMs);
  }
  return { heapBytes: usedSize + backingStorageSize, processBytes };
};
