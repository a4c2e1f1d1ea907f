import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '../../../shared/domain/task.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { CancelledError, ExpectedError, isCancelled, isExpected } from '../../../shared/errors/errors.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import type { AppEvents } from '../appEvents.ts';
import { Obstacles, type Obstacle } from './obstacles.ts';
import { claimOwner, ownerIsAlive } from './owner.ts';
import { Pace } from './pace.ts';
import { segmentAsset, type SegmentAssetParts } from './segmentAsset.ts';

export interface TaskRunnerParts extends SegmentAssetParts {
  readonly store: Store;
  readonly models: Pick<ModelStore, 'list'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Tasks in hand at once: one before, one in and one behind the inference, which is serial. */
  readonly concurrency: number;
  readonly onChange: () => void;
}

/** How often tasks of other processes, their deaths and a waiting obstacle are looked at. */
const lookEveryMs = 2_000;
const timedObstacleMs = 10_000;

/** Claims tasks and works on them. Does nothing until `begin`. */
export class TaskRunner implements Disposable {
  readonly #parts: TaskRunnerParts;
  readonly #claim: ReturnType<typeof claimOwner>;
  readonly #pace = new Pace();
  readonly #obstacles = new Obstacles();
  readonly #active = new Map<Task, Promise<void>>();
  #stop = new AbortController();
  #disposed = false;
  #paused = false;
  #provider: string | null = null;
  #blocked: { readonly obstacle: Obstacle; readonly modelId: ModelId; readonly sinceMs: number; readonly mayLift: boolean } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #claiming: Promise<void> | null = null;
  #claimAgain = false;

  constructor(parts: TaskRunnerParts) {
    this.#parts = parts;
    this.#claim = claimOwner(parts.clock.uuid());
  }

  get paused(): boolean {
    return this.#paused;
  }
  get provider(): string | null {
    return this.#provider;
  }
  get obstacle(): Obstacle | null {
    return this.#blocked?.obstacle ?? null;
  }
  get perMinute(): number | null {
    return this.#pace.perMinute(this.#parts.clock.nowMs());
  }

  /** A person wants work to be done: obstacles are tried again. */
  async begin(): Promise<void> {
    this.#blocked = null;
    await this.#open();
  }

  async #open(): Promise<void> {
    if (this.#disposed) throw new CancelledError('The application is closing');
    if (this.#timer === null) {
      this.#timer = setInterval(() => void this.#look(), lookEveryMs);
      this.#timer.unref();
      await this.#parts.store.tasks.requeueOrphans(ownerIsAlive);
    }
    this.#wake();
  }

  async setPaused(paused: boolean): Promise<void> {
    this.#paused = paused;
    this.#parts.onChange();
    if (!paused) await this.begin();
  }

  /** Stops what is in hand; it goes back to the queue. */
  async interrupt(): Promise<void> {
    this.#stop.abort();
    await this.#settled();
    if (!this.#disposed) this.#stop = new AbortController();
  }

  /** Resolves when nothing is left to do, here or in other processes, or something keeps the rest from being done. */
  async idle(): Promise<void> {
    await this.#open();
    for (;;) {
      await this.#settled();
      if (this.#disposed || this.#paused || this.#blocked !== null) return;
      const { queued, running } = await this.#parts.store.tasks.counts();
      if (queued + running === 0) return;
      // Another process has the rest: wait for it, and take over should it die.
      if (queued === 0) await sleep(250);
      await this.#look();
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.interrupt();
    this.#claim.release();
  }

  async #settled(): Promise<void> {
    while (this.#claiming !== null || this.#active.size > 0) await Promise.all([this.#claiming, ...this.#active.values()]);
  }

  async #look(): Promise<void> {
    try {
      await this.#parts.store.tasks.requeueOrphans(ownerIsAlive);
      if (this.#blocked !== null && (await this.#mayGoOn())) {
        this.#blocked = null;
        this.#parts.onChange();
      }
      this.#wake();
    } catch (error) {
      this.#parts.logger.error({ err: error }, 'looking for background work failed; it is tried again');
    }
  }

  async #mayGoOn(): Promise<boolean> {
    const blocked = this.#blocked;
    if (blocked?.mayLift !== true) return false;
    if (blocked.obstacle.until === 'time') return this.#parts.clock.nowMs() - blocked.sinceMs >= timedObstacleMs;
    return this.#weightsAreReady(blocked.modelId);
  }

  async #weightsAreReady(modelId: ModelId): Promise<boolean> {
    return (await this.#parts.models.list()).some((model) => model.modelId === modelId && model.state === 'ready');
  }

  #mayClaim(): boolean {
    return !this.#disposed && !this.#paused && this.#blocked === null && !this.#stop.signal.aborted && this.#active.size < this.#parts.concurrency;
  }

  #wake(): void {
    this.#claimAgain = true;
    this.#claiming ??= this.#claimAll()
      .catch((error: unknown) => {
        this.#parts.logger.error({ err: error }, 'claiming background work failed; it is tried again');
      })
      .finally(() => {
        this.#claiming = null;
        // Woken in the moment between the last look and now.
        if (this.#claimAgain && this.#mayClaim()) this.#wake();
      });
  }

  async #claimAll(): Promise<void> {
    while (this.#claimAgain) {
      this.#claimAgain = false;
      while (this.#mayClaim()) {
        const task = await this.#parts.store.tasks.claimNext(this.#claim.owner);
        if (task === null) break;
        if (!this.#mayClaim()) await this.#parts.store.tasks.release(task.taskId);
        else this.#start(task);
      }
    }
  }

  #start(task: Task): void {
    const work = this.#work(task).finally(() => {
      this.#active.delete(task);
      this.#pace.setWorking(this.#active.size > 0, this.#parts.clock.nowMs());
      this.#parts.onChange();
      this.#wake();
    });
    this.#active.set(task, work);
    this.#pace.setWorking(true, this.#parts.clock.nowMs());
    this.#parts.onChange();
  }

  /** Never rejects: what goes wrong ends in the store, in a notice or in the log. */
  async #work(task: Task): Promise<void> {
    const { store, events, logger, clock } = this.#parts;
    try {
      const { run } = await segmentAsset(task, this.#parts, this.#stop.signal);
      await store.tasks.finish(task.taskId);
      this.#provider = `${run.modelId} · ${run.executionProvider}`;
      this.#obstacles.succeeded();
      this.#pace.finished(clock.nowMs());
      events.assetsChanged([task.asset]);
    } catch (error) {
      await this.#failed(task, error).catch((failure: unknown) => {
        logger.error({ err: failure, assetId: task.asset.id, jobError: String(error) }, 'a failed task could not be recorded');
        events.notice('error', 'The result of a background task could not be recorded; the log has the details.');
      });
    }
  }

  async #failed(task: Task, error: unknown): Promise<void> {
    const { store, events, logger } = this.#parts;
    // The pictures beside the one that stopped the work are as innocent as it.
    const bystander = this.#blocked !== null && isExpected(error, this.#blocked.obstacle.code);
    if (isCancelled(error) || bystander) return store.tasks.release(task.taskId);
    const obstacle = this.#obstacles.of(error);
    if (obstacle !== null) {
      await store.tasks.release(task.taskId);
      return this.#block(obstacle, task.parameters.modelId);
    }
    const expected = error instanceof ExpectedError;
    const reason = expected ? error.message : 'A fault in Maskdesk kept this picture from being segmented; the log has the details.';
    logger[expected ? 'warn' : 'error']({ err: error, assetId: task.asset.id, kind: task.asset.kind }, 'no mask for an asset');
    if (!expected) events.notice('error', reason);
    if (!(expected && error.code === 'not_found')) await store.assets.recordFailure(task.asset, reason);
    await store.tasks.fail(task.taskId, reason);
    this.#pace.finished(this.#parts.clock.nowMs());
    events.assetsChanged([task.asset]);
  }

  async #block(obstacle: Obstacle, modelId: ModelId): Promise<void> {
    if (this.#blocked !== null) return;
    const blocked = { obstacle, modelId, sinceMs: this.#parts.clock.nowMs(), mayLift: obstacle.until === 'time' };
    this.#blocked = blocked;
    this.#parts.events.notice('warning', obstacle.message, obstacle.code);
    this.#parts.logger.warn({ code: obstacle.code }, obstacle.message);
    // Weights that look right and can't be loaded will not get better by waiting.
    if (obstacle.until === 'weights') blocked.mayLift = !(await this.#weightsAreReady(modelId));
  }
}
