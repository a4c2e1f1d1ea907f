import { readFile } from 'node:fs/promises';
import { present } from '../../shared/errors/errors.ts';

const ticksASecond = 100;

const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').flatMap((part) => (part === '' ? [] : [Number(part)]));
};

/** Seconds of its own and of those of its children that have ended and that it has waited for (proc(5), stat: utime, stime, cutime, cstime). */
const ownS = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksASecond;
};

const treeS = async (pid: number): Promise<number> => {
  let sum = await ownS(pid);
  for (const child of await childrenOf(pid)) sum += await treeS(child);
  return sum;
};

export interface ProcessorTime {
  readonly workerS: number;
  readonly modelS: number;
  readonly serversS: number;
}

/** Processor time so far of a worker that this process has started, of its model process, and of the servers beside it; null where the system keeps no /proc. */
export const processorTime = async (workerPid: number | undefined): Promise<ProcessorTime | null> => {
  if (process.platform !== 'linux') return null;
  const pid = present(workerPid, "the worker's pid");
  const [workerS, wholeS] = [await ownS(pid), await treeS(pid)];
  let serversS = -wholeS;
  for (const child of await childrenOf(process.pid)) serversS += await treeS(child);
  return { workerS, modelS: wholeS - workerS, serversS };
};

/** What was spent since, for each of so many. */
export const spentSince = async (workerPid: number | undefined, before: ProcessorTime | null, count: number): Promise<ProcessorTime | null> => {
  const now = await processorTime(workerPid);
  if (now === null || before === null) return null;
  return { workerS: (now.workerS - before.workerS) / count, modelS: (now.modelS - before.modelS) / count, serversS: (now.serversS - before.serversS) / count };
};
