import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelId, TaskId } from '../../../shared/domain/ids.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { CancelledError, ExpectedError, isCancelled, isExpected } from '../../../shared/errors/errors.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import type { AppEvents } from '../appEvents.ts';
import { Blocks } from './blocks.ts';
import { Claims } from './claims.ts';
import { Obstacles, type Obstacle } from './obstacles.ts';
import { Pace } from './pace.ts';
import { segmentAsset, type SegmentAssetParts } from './segmentAsset.ts';
import { unlessAborted } from './unlessAborted.ts';
import { Weights } from './weights.ts';

export interface TaskRunnerParts extends SegmentAssetParts {
  readonly store: Store;
  readonly models: Pick<ModelStore, 'list' | 'verify'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Tasks in hand at once: one before, one in and one behind the inference, which is serial. */
  readonly concurrency: number;
  readonly onChange: () => void;
}

/** Tasks that somebody waits for. */
export interface Errand {
  /** Those that are left to do. */
  readonly pending: ReadonlySet<TaskId>;
  /** Whether nothing else may be taken up for it. */
  readonly alone: boolean;
  /** A task ended in this process, one of these or another. */
  readonly ended: (taskId: TaskId) => void;
}

interface InHand {
  /** Aborted when a person cancels this very task. */
  readonly cancelled: AbortController;
  readonly work: Promise<void>;
}

/** How often tasks of other processes, their deaths and a waiting obstacle are looked at. */
const lookEveryMs = 2_000;

/** Claims tasks and works on them. Does nothing until `begin`, `idle` or an errand. */
export class TaskRunner implements Disposable {
  readonly #parts: TaskRunnerParts;
  readonly #claims: Claims;
  readonly #weights: Weights;
  readonly #pace = new Pace();
  readonly #obstacles = new Obstacles();
  readonly #blocks = new Blocks();
  readonly #errands = new Set<Errand>();
  readonly #active = new Map<Task, InHand>();
  #stop = new AbortController();
  #disposed = false;
  #paused = false;
  /** Whether the whole queue is worked off, not just errands. */
  #begun = false;
  #provider: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #claiming: Promise<void> | null = null;
  #claimAgain = false;
  /** So that a look can tell whether it found anything to do. */
  #claimed = 0;
  #claimingFailed = false;

  constructor(parts: TaskRunnerParts) {
    this.#parts = parts;
    this.#claims = new Claims(parts.store.tasks, parts.clock);
    this.#weights = new Weights(parts.models);
  }

  get paused(): boolean {
    return this.#paused;
  }
  get provider(): string | null {
    return this.#provider;
  }
  get obstacle(): Obstacle | null {
    return this.#blocks.obstacle;
  }
  get perMinute(): number | null {
    return this.#pace.perMinute(this.#parts.clock.nowMs());
  }

  /** Whether queued tasks of this model are going to be taken up as things are. */
  canDo(modelId: ModelId): boolean {
    return !this.#disposed && !this.#paused && !this.#blocks.stops(modelId);
  }

  /** A person wants work to be done: obstacles are tried again. @param modelId whose; absent: every model's */
  async begin(modelId?: ModelId): Promise<void> {
    this.#begun = true;
    this.#tryAgain(modelId);
    await this.#open();
  }

  /** Works for an errand until it is left; beside it nothing else where it says so. @returns how to leave it */
  async join(errand: Errand, modelId: ModelId): Promise<() => void> {
    this.#errands.add(errand);
    const leave = (): void => void this.#errands.delete(errand);
    try {
      this.#tryAgain(modelId);
      await this.#open();
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  async setPaused(paused: boolean): Promise<void> {
    this.#paused = paused;
    this.#parts.onChange();
    if (!paused) await this.begin();
  }

  /** Stops what is in hand; it goes back to the queue. */
  async interrupt(): Promise<void> {
    this.#stop.abort();
    await this.settled();
    if (!this.#disposed) this.#stop = new AbortController();
  }

  /** Ends those in hand that a person wants no more, and waits until they have ended; the others go on. @returns how many */
  async cancel(isMeant: (task: Task) => boolean): Promise<number> {
    const meant = [...this.#active].filter(([task]) => isMeant(task)).map(([, inHand]) => inHand);
    for (const { cancelled } of meant) cancelled.abort();
    await Promise.all(meant.map(({ work }) => work));
    return meant.length;
  }

  /** Resolves when this process finds nothing that it could do, or at the signal. What others have in hand is not waited for. */
  async idle(signal?: AbortSignal): Promise<void> {
    this.#begun = true;
    await this.#open();
    for (;;) {
      await unlessAborted(this.settled(), signal);
      if (this.#disposed || this.#paused || signal?.aborted === true) return;
      const claimedBefore = this.#claimed;
      await this.look();
      await unlessAborted(this.#claiming ?? Promise.resolve(), signal);
      if (this.#claimingFailed) await sleep(250);
      else if (this.#claimed === claimedBefore && this.#active.size === 0) return;
    }
  }

  /** Resolves when nothing is in hand. */
  async settled(): Promise<void> {
    while (this.#claiming !== null || this.#active.size > 0) await Promise.all([this.#claiming, ...this.#works()]);
  }

  /** Keeps claims alive, takes over what was left behind, sees what has been overcome. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#lookNow()
      .catch((error: unknown) => {
        this.#parts.logger.error({ err: error }, 'looking for background work failed; it is tried again');
      })
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.interrupt();
    await this.#looking;
    this.#claims.dispose();
  }

  #tryAgain(modelId: ModelId | undefined): void {
    this.#blocks.forget(modelId);
    this.#weights.forget();
  }

  async #open(): Promise<void> {
    if (this.#disposed) throw new CancelledError('The application is closing');
    if (this.#timer === null) {
      this.#timer = setInterval(() => void this.look(), lookEveryMs);
      this.#timer.unref();
      await this.#claims.keep();
    }
    this.#wake();
  }

  async #lookNow(): Promise<void> {
    await this.#claims.keep();
    if (await this.#blocks.lift(this.#parts.clock.nowMs(), () => this.#weights.readyModels())) this.#parts.onChange();
    this.#wake();
  }

  #mayClaim(): boolean {
    const wanted = this.#begun || this.#errands.size > 0;
    return wanted && !this.#disposed && !this.#paused && !this.#blocks.everything && !this.#stop.signal.aborted && this.#active.size < this.#parts.concurrency;
  }

  /** Which tasks may be claimed; undefined: any. */
  #among(): readonly TaskId[] | undefined {
    const errands = [...this.#errands];
    return this.#begun || errands.some(({ alone }) => !alone) ? undefined : errands.flatMap(({ pending }) => [...pending]);
  }

  #wake(): void {
    this.#claimAgain = true;
    this.#claiming ??= this.#claimAll()
      .catch((error: unknown) => {
        this.#claimingFailed = true;
        this.#parts.logger.error({ err: error }, 'claiming background work failed; it is tried again');
      })
      .finally(() => {
        this.#claiming = null;
        // Woken in the moment between the last look and now.
        if (this.#claimAgain && this.#mayClaim()) this.#wake();
      });
  }

  async #claimAll(): Promise<void> {
    this.#claimingFailed = false;
    while (this.#claimAgain) {
      this.#claimAgain = false;
      while (this.#mayClaim()) {
        const task = await this.#claims.next(this.#blocks.modelIds, this.#among());
        if (task === null) break;
        this.#claimed++;
        if (!this.#mayClaim() || this.#blocks.stops(task.parameters.modelId)) await this.#claims.release(task);
        else this.#start(task);
      }
    }
  }

  #works(): readonly Promise<void>[] {
    return [...this.#active.values()].map(({ work }) => work);
  }

  #start(task: Task): void {
    const cancelled = new AbortController();
    const work = this.#work(task, cancelled.signal).finally(() => {
      this.#active.delete(task);
      this.#pace.setWorking(this.#active.size > 0, this.#parts.clock.nowMs());
      for (const errand of [...this.#errands]) errand.ended(task.taskId);
      this.#parts.onChange();
      this.#wake();
    });
    this.#active.set(task, { cancelled, work });
    this.#pace.setWorking(true, this.#parts.clock.nowMs());
    this.#parts.onChange();
  }

  /** Never rejects: what goes wrong ends in the store, in a notice or in the log. */
  async #work(task: Task, cancelled: AbortSignal): Promise<void> {
    const { events, logger, clock } = this.#parts;
    try {
      const { run } = await segmentAsset(task, this.#parts, AbortSignal.any([this.#stop.signal, cancelled]));
      await this.#claims.finish(task);
      this.#provider = `${run.modelId} · ${run.executionProvider}`;
      this.#obstacles.succeeded(task.parameters.modelId);
      this.#pace.finished(clock.nowMs());
      events.assetsChanged([task.asset]);
    } catch (error) {
      await (cancelled.aborted && isCancelled(error) ? this.#claims.cancel(task) : this.#failed(task, error)).catch((failure: unknown) => {
        logger.error({ err: failure, assetId: task.asset.id, jobError: String(error) }, 'a failed task could not be recorded');
        events.notice('error', 'The result of a background task could not be recorded; the log has the details.');
      });
    }
  }

  async #failed(task: Task, error: unknown): Promise<void> {
    const { modelId } = task.parameters;
    // The pictures beside the one that stopped the work are as innocent as it.
    const bystander = error instanceof ExpectedError && this.#blocks.explains(error.code, modelId);
    if (isCancelled(error) || bystander) return void (await this.#claims.release(task));
    const found = this.#obstacles.of(error, modelId);
    if (found === null) return this.#record(task, error);
    const trouble = found.until === 'weights' ? await this.#weights.troubleOf(modelId) : null;
    if (found.until === 'weights' && trouble === null) {
      // Come meanwhile; or as published, and not to be loaded all the same: then waiting changes nothing, and that is this picture's answer.
      return isExpected(error, 'model_missing') ? void (await this.#claims.release(task)) : this.#record(task, error);
    }
    const obstacle: Obstacle = trouble === null ? found : { code: trouble.code, message: trouble.message, until: 'weights' };
    const isNew = this.#blocks.add(obstacle, modelId, this.#parts.clock.nowMs());
    await this.#claims.release(task);
    if (!isNew) return;
    this.#parts.events.notice('warning', obstacle.message, obstacle.code);
    this.#parts.logger.warn({ code: obstacle.code, modelId }, obstacle.message);
  }

  /** The picture's own failure. */
  async #record(task: Task, error: unknown): Promise<void> {
    const { store, events, logger, clock } = this.#parts;
    const expected = error instanceof ExpectedError;
    const message = expected ? error.message : 'A fault in Maskdesk kept this picture from being segmented; the log has the details.';
    logger[expected ? 'warn' : 'error']({ err: error, assetId: task.asset.id, kind: task.asset.kind }, 'no mask for an asset');
    if (!expected) events.notice('error', message);
    if (!(expected && error.code === 'not_found')) await store.assets.recordFailure(task.asset, message);
    await this.#claims.fail(task, { code: expected ? error.code : 'bug', message });
    this.#pace.finished(clock.nowMs());
    events.assetsChanged([task.asset]);
  }
}
