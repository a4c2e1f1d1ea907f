import type { ModelId, TaskId } from '../../../shared/domain/ids.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { TaskStore } from '../../../shared/ports/store/taskStore.ts';
import type { TaskRunner } from './taskRunner.ts';
import { unlessAborted } from './unlessAborted.ts';

export interface FollowOptions {
  /** The model that was asked for: what stood in its way is tried again. */
  readonly modelId: ModelId;
  /** Whether the runner may take up nothing else. */
  readonly alone: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What ended in other processes is looked for this often while there is work here, and faster when only they have some. */
const lookAtAllEveryMs = 10_000;
const lookElsewhereEveryMs = 500;
/** Tasks read at once: a hundred thousand would hold the process up. */
const readAtOnce = 500;

const hasEnded = ({ state }: Task): boolean => state !== 'queued' && state !== 'running';

async function* inParts(tasks: Pick<TaskStore, 'get'>, taskIds: readonly TaskId[]): AsyncGenerator<Task, void, void> {
  for (let from = 0; from < taskIds.length; from += readAtOnce) yield* await tasks.get(taskIds.slice(from, from + readAtOnce));
}

/**
 * Has the runner work on tasks and yields each one when it has ended, here or in another process. Ends when none is left, when nobody can
 * do the rest (paused, or an obstacle stands in the way), or at the signal.
 */
export async function* followTasks(runner: TaskRunner, tasks: Pick<TaskStore, 'get'>, taskIds: readonly TaskId[], options: FollowOptions): AsyncGenerator<Task, void, void> {
  const { modelId, alone, signal } = options;
  const pending = new Set(taskIds);
  const heard = new Set<TaskId>();
  let wake = (): void => undefined;
  const ended = (taskId: TaskId): void => {
    if (!pending.has(taskId)) return;
    heard.add(taskId);
    wake();
  };
  /** Until a task of these has ended here, `until` has come, or the time is over. */
  const waitFor = async (until: Promise<void> | null, longestMs: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, longestMs);
      if (heard.size > 0) resolve();
    });
    await unlessAborted(until === null ? woken : Promise.race([woken, until]), signal).finally(() => clearTimeout(timer));
  };

  const leave = await runner.join({ pending, alone, ended }, modelId);
  try {
    let lookedAtAllMs = performance.now();
    while (pending.size > 0 && signal?.aborted !== true) {
      let quiet = false as boolean;
      await waitFor(
        runner.settled().then(() => {
          quiet = true;
        }),
        lookAtAllEveryMs,
      );
      const atAll = quiet || performance.now() - lookedAtAllMs >= lookAtAllEveryMs;
      const looked = [...(atAll ? pending : heard)];
      heard.clear();
      let goesOn = !quiet;
      for await (const task of inParts(tasks, looked)) {
        if (!hasEnded(task)) goesOn ||= task.state === 'running' || runner.canDo(task.parameters.modelId);
        else if (pending.delete(task.taskId)) yield task;
      }
      if (atAll) lookedAtAllMs = performance.now();
      if (!goesOn || pending.size === 0) return;
      // Others have what is left, or have just given it back.
      if (quiet) {
        await waitFor(null, lookElsewhereEveryMs);
        await runner.look();
      }
    }
  } finally {
    leave();
  }
}
