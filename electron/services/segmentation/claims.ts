import type { ModelId, TaskId } from '../../../shared/domain/ids.ts';
import type { Task, TaskFailure } from '../../../shared/domain/task.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { TaskStore } from '../../../shared/ports/store/taskStore.ts';
import type { Disposable } from '../../base/disposables.ts';
import { claimOwner, ownerIsDead } from '../../base/owner.ts';

/** Long beside a process that is held up for a moment, short beside a person who waits for a machine that died. */
const leaseMs = 60_000;
const renewAfterMs = leaseMs / 4;

/** What this process has taken out of the queue, kept for as long as it works on it. */
export class Claims implements Disposable {
  readonly #tasks: TaskStore;
  readonly #clock: Clock;
  readonly #claim: ReturnType<typeof claimOwner>;
  readonly #held = new Map<TaskId, { renewedAtMs: number }>();

  constructor(tasks: TaskStore, clock: Clock) {
    this.#tasks = tasks;
    this.#clock = clock;
    this.#claim = claimOwner(clock.uuid());
  }

  async next(exceptModels: readonly ModelId[], among: readonly TaskId[] | undefined): Promise<Task | null> {
    const task = await this.#tasks.claimNext(this.#claim.owner, { leaseMs, exceptModels, ...(among === undefined ? {} : { among }) });
    if (task !== null) this.#held.set(task.taskId, { renewedAtMs: this.#clock.nowMs() });
    return task;
  }

  /** Renews what is held and gives back to the queue what others have left behind; ours first, so that it is never among the others'. */
  async keep(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const due = [...this.#held].filter(([, { renewedAtMs }]) => nowMs - renewedAtMs >= renewAfterMs);
    if (due.length > 0) await this.#tasks.renew(this.#claim.owner, due.map(([taskId]) => taskId), leaseMs);
    for (const [, held] of due) held.renewedAtMs = nowMs;
    await this.#tasks.requeueOrphans(ownerIsDead);
  }

  finish({ taskId }: Task): Promise<boolean> {
    return this.#end(taskId, this.#tasks.finish(taskId, this.#claim.owner));
  }

  fail({ taskId }: Task, failure: TaskFailure): Promise<boolean> {
    return this.#end(taskId, this.#tasks.fail(taskId, this.#claim.owner, failure));
  }

  cancel({ taskId }: Task): Promise<boolean> {
    return this.#end(taskId, this.#tasks.cancel(taskId, this.#claim.owner));
  }

  release({ taskId }: Task): Promise<boolean> {
    return this.#end(taskId, this.#tasks.release(taskId, this.#claim.owner));
  }

  dispose(): void {
    this.#claim.release();
  }

  /** Not renewed any more even when the store could not be told: then the claim runs out and the task is done again. */
  async #end(taskId: TaskId, told: Promise<boolean>): Promise<boolean> {
    this.#held.delete(taskId);
    return told;
  }
}
