import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import type { ModelRun, Revision } from '../../../shared/domain/revision.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { RevisionId, Sha256, TaskId } from '../../../shared/domain/ids.ts';
import { ExpectedError, isCancelled, sentenceOf, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { Disposable } from '../../base/disposables.ts';
import { sha256Hex } from '../../base/hash.ts';
import { Claims } from '../segmentation/claims.ts';
import { readPhoto, segmentAsset } from '../segmentation/segmentAsset.ts';
import { unlessAborted } from '../segmentation/unlessAborted.ts';
import type { IntakeParts, IntakeSettings } from './intakeOptions.ts';
import { codeOf, isInfrastructure, isNoVerdict, isOutage, PictureFailure } from './retries.ts';
import { pipelinePriority } from '../segmentation/priorities.ts';
import { isOfWork, revisionIdOf, type Work } from '../segmentation/workIdentity.ts';

export interface MadeMask {
  readonly revision: Pick<Revision, 'revisionId' | 'maskSha256'>;
  readonly photoSha256: Sha256;
  readonly how: 'computed' | 'known';
}

const keepClaimsEveryMs = 2_000;
const firstLookMs = 100;
const longestLookMs = 2_000;

/** Somebody else works on it: `taskIds` are theirs. */
interface Busy {
  readonly busy: readonly TaskId[];
  readonly photoSha256: Sha256;
}

/** Masks by the recipe, one for each picture and recipe whoever asks and however often; so many at once. */
export class IntakeMasks implements Disposable {
  readonly #parts: IntakeParts;
  readonly #settings: IntakeSettings;
  readonly #claims: Claims;
  readonly #places: PQueue;
  readonly #timer: NodeJS.Timeout;

  constructor(parts: IntakeParts, settings: IntakeSettings) {
    this.#parts = parts;
    this.#settings = settings;
    this.#claims = new Claims(parts.store.tasks, parts.clock);
    this.#places = new PQueue({ concurrency: settings.concurrency });
    // A store that can't be reached says so to whoever works with it; the next look renews what is still ours.
    this.#timer = setInterval(() => void this.#claims.keep().catch(() => undefined), keepClaimsEveryMs);
    this.#timer.unref();
  }

  /**
   * @param sinceMs masks that a desk has made of the picture by the same recipe since then count as well
   * @throws PictureFailure; what {@link isInfrastructure} tells; CancelledError
   */
  async of(asset: Asset, sinceMs: number, signal: AbortSignal): Promise<MadeMask> {
    const { observer } = this.#parts;
    for (;;) {
      const askedMs = performance.now();
      const answer = await this.#places.add(
        () => {
          observer.stage('queueWait', performance.now() - askedMs);
          return this.#try(asset, sinceMs, signal);
        },
        { signal },
      );
      if (!('busy' in answer)) return answer;
      await this.#elsewhere(answer.busy, signal).catch(ofPhoto(answer.photoSha256));
    }
  }

  /** What lies at an asset's path now; null where it can't be read. @throws what {@link isInfrastructure} tells */
  async photoSha256(asset: Asset): Promise<Sha256 | null> {
    try {
      return sha256Hex(await readPhoto(this.#parts.blobs, asset.localPath));
    } catch (error) {
      if (isCancelled(error) || isInfrastructure(error)) throw error;
      return null;
    }
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer);
    await this.#places.onIdle();
    this.#claims.dispose();
  }

  async #try(asset: Asset, sinceMs: number, signal: AbortSignal): Promise<MadeMask | Busy> {
    const { blobs, observer, segmenterOf, store } = this.#parts;
    throwIfCancelled(signal);
    const parameters = this.#parts.parameters();
    const segmenter = await segmenterOf(parameters.modelId);
    const readMs = performance.now();
    const photo = await readPhoto(blobs, asset.localPath).catch(pictures);
    const photoSha256 = sha256Hex(photo);
    observer.stage('read', performance.now() - readMs);
    const work: Work = { asset: { kind: asset.kind, id: asset.id }, photoSha256, parameters, weightsSha256: segmenter.weightsSha256 };
    const known = async (): Promise<MadeMask | null> => {
      const revision = await this.#known(work, sinceMs);
      return revision === null ? null : { revision, photoSha256, how: 'known' };
    };
    const before = await known();
    if (before !== null) return before;
    const { added, existing } = await store.tasks.enqueue([work.asset], parameters, { priority: pipelinePriority });
    const taskIds = [...added, ...existing];
    if (taskIds.length === 0) throw gone(work.asset);
    const task = await this.#claims.next([], taskIds);
    return task === null ? { busy: taskIds, photoSha256 } : this.#compute(task, work, { photo, known, signal }).catch(ofPhoto(photoSha256));
  }

  /** With the claim ours: whatever happens, it is given back or ended. */
  async #compute(task: Task, work: Work, { photo, known, signal }: { photo: Uint8Array; known: () => Promise<MadeMask | null>; signal: AbortSignal }): Promise<MadeMask> {
    try {
      // Done by whoever had the claim before, in the moment between the look and the claim.
      const meanwhile = await known();
      if (meanwhile !== null) {
        await this.#claims.finish(task);
        return meanwhile;
      }
      const startedMs = performance.now();
      const { revision, run } = await this.#segment(task, { photo, revisionId: revisionIdOf(work) }, signal);
      await this.#claims.finish(task);
      this.#parts.observer.stage('segment', performance.now() - startedMs);
      this.#parts.observer.inference(run);
      this.#parts.events.assetsChanged([work.asset]);
      return { revision, photoSha256: work.photoSha256, how: 'computed' };
    } catch (error) {
      // Should the store not be told, the claim runs out.
      if (isCancelled(error) || isOutage(error)) await this.#claims.release(task).catch(() => false);
      else await this.#claims.fail(task, { code: codeOf(error), message: sentenceOf(error) });
      return pictures(error);
    }
  }

  async #segment(task: Task, given: { photo: Uint8Array; revisionId: RevisionId }, signal: AbortSignal): Promise<{ revision: Revision; run: ModelRun }> {
    const deadlineMs = this.#settings.assetDeadlineMs;
    const deadline = AbortSignal.timeout(deadlineMs);
    const stop = AbortSignal.any([signal, deadline]);
    const work = segmentAsset(task, this.#parts, stop, given);
    let done: Awaited<typeof work> | null = null;
    try {
      await unlessAborted(work.then((result) => (done = result)), stop);
    } catch (error) {
      // What stopped it at the deadline is the deadline, whatever it says itself.
      if (!(deadline.aborted && isCancelled(error))) throw error;
    }
    if (done !== null) return { revision: (done as Awaited<typeof work>).outcome.revision, run: (done as Awaited<typeof work>).run };
    throwIfCancelled(signal);
    throw new ExpectedError('timeout', `It took longer than ${Math.round(deadlineMs / 1000)} s.`);
  }

  async #known(work: Work, sinceMs: number): Promise<Revision | null> {
    const revisionId = revisionIdOf(work);
    const { parameters, weightsSha256 } = work;
    const revisions = await this.#parts.store.revisions.ofAsset(work.asset);
    const ours = revisions.find((revision) => revision.revisionId === revisionId);
    if (ours !== undefined) return ours;
    // A desk that took the task up instead of us keeps its mask under an id of its own.
    const isSame = ({ revisionId: id, createdAtMs, model }: Revision): boolean =>
      !isOfWork(id) && createdAtMs >= sinceMs && model?.modelId === parameters.modelId && model.weightsSha256 === weightsSha256 && model.threshold === parameters.threshold;
    return revisions.find(isSame) ?? null;
  }

  /** Until another's work on it has ended. @throws PictureFailure with what it failed of there */
  async #elsewhere(taskIds: readonly TaskId[], signal: AbortSignal): Promise<void> {
    const startedMs = performance.now();
    for (let pauseMs = firstLookMs; ; pauseMs = Math.min(longestLookMs, 2 * pauseMs)) {
      await sleep(pauseMs, undefined, { signal });
      // Whoever had it may be dead: then nobody need wait for the claim to run out.
      await this.#claims.keep();
      const tasks = await this.#parts.store.tasks.get(taskIds);
      // In the queue again: whoever had it has let go of it.
      if (tasks.some(({ state }) => state === 'running')) continue;
      this.#parts.observer.stage('claimWait', performance.now() - startedMs);
      const failed = tasks.find(({ state, errorCode }) => state === 'failed' && !isNoVerdict(errorCode ?? 'bug'));
      if (failed !== undefined) throw new PictureFailure({ code: failed.errorCode ?? 'bug', message: failed.reason ?? 'It failed elsewhere.' });
      return;
    }
  }
}

/** So that the same photo, sent again, is known to have failed. */
const ofPhoto =
  (photoSha256: Sha256) =>
  (error: unknown): never => {
    if (error instanceof PictureFailure) error.photoSha256 = photoSha256;
    throw error;
  };

/** What no server and no crash is to blame for is the picture's own failure. */
const pictures = (error: unknown): never => {
  if (isCancelled(error) || isInfrastructure(error)) throw error;
  throw new PictureFailure({ code: codeOf(error), message: sentenceOf(error) }, { cause: error });
};

const gone = ({ id }: AssetRef): PictureFailure => new PictureFailure({ code: 'not_found', message: `${id} is no longer in the pipeline's tables.` });
