import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { MaskChecks } from '../../../shared/domain/check.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { checksVersion } from '../../../shared/checks/checkMask.ts';
import { BugError, ExpectedError, sentenceOf } from '../../../shared/errors/errors.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import type { AppEvents } from '../appEvents.ts';
import type { CheckService } from '../services.ts';
import { ChangeTeller } from './changeTeller.ts';
import { checkRevision, type CheckRevisionParts } from './checkRevision.ts';
import { CheckThread } from './checkThread.ts';
import { CheckFailures } from './failures.ts';
import { settleAreas } from './settleAreas.ts';
import { SweepLease } from './sweepLease.ts';

export interface CheckServiceOptions extends Omit<CheckRevisionParts, 'thread'> {
  readonly events: AppEvents;
  readonly logger: Logger;
  /** The bundled thread's program; default its source. */
  readonly threadProgram?: URL | undefined;
  /** Names this process in the store's lease. */
  readonly owner: string;
  /** Nothing is checked then; what is known is told. */
  readonly readOnly: boolean;
}

/** Results are kept together: each write is flushed to the disk, which takes longer than a small mask's checks. */
const batchSize = 16;
/** Masks that another process made are noticed this late, and its lease is asked for anew this often. */
const lookAgainMs = 30_000;
/** Changes of more assets at once are bulk verdicts, which move no head. */
const fewAssets = 100;
const manyHeads = 50_000;

/**
 * Checks masks in the background: first those that were asked for, then those on screen, then, in one process of all that have the store open, every
 * head that has no checks of this version. One mask at a time. What can't be read is left alone until somebody asks for it or the store is
 * opened again.
 */
export class BackgroundChecks implements CheckService, Disposable {
  readonly #options: CheckServiceOptions;
  readonly #thread: CheckThread;
  readonly #lease: SweepLease;
  readonly #teller: ChangeTeller;
  readonly #failures: CheckFailures;
  readonly #asked = new Set<RevisionId>();
  /** Heard after each mask, checked or failed. */
  readonly #whenChecked = new Set<(revisionId: RevisionId) => void>();
  #onScreen: RevisionId[] = [];
  #found: RevisionId[] = [];
  #lastFound: RevisionId | null = null;
  #finished: MaskChecks[] = [];
  /** Assets whose area may not be what their relatives were compared with. */
  #unsettled = new Map<string, AssetRef>();
  /** Assets of which somebody says that they changed. */
  #changed = new Map<string, AssetRef>();
  /** Heads as they were last seen, of assets that somebody looked at. */
  readonly #knownHeads = new Map<string, RevisionId | null>();
  #stopListening: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> | null = null;
  #closed = false;
  /** Why it stopped the last time; null: it did not. */
  #lastTrouble: string | null = null;

  constructor(options: CheckServiceOptions) {
    this.#options = options;
    this.#thread = new CheckThread(options.threadProgram);
    this.#lease = new SweepLease(options.store.leases, options.owner);
    this.#teller = new ChangeTeller(options.events);
    this.#failures = new CheckFailures(options.events, options.logger);
  }

  /** Every head of the store, now and from now on. */
  start(): void {
    if (this.#stopListening !== null || this.#options.readOnly) return;
    this.#stopListening = this.#options.events.listen((event) => {
      if (event.kind !== 'assetsChanged' || this.#teller.isTelling) return;
      if (event.assets.length <= fewAssets) for (const asset of event.assets) this.#changed.set(assetKey(asset), asset);
      this.#begin();
    });
    this.#timer = setInterval(() => this.#begin(), lookAgainMs).unref();
    this.#begin();
  }

  async of(revisionId: RevisionId): Promise<MaskChecks | null> {
    const { store, readOnly } = this.#options;
    const kept = await store.checks.get(revisionId);
    if (kept !== null && kept.version >= checksVersion) return kept;
    const failure = this.#failures.say(revisionId);
    if (failure !== null) throw failure;
    if ((await store.revisions.get(revisionId)) === null) throw new ExpectedError('not_found', 'That version of the mask is not in this store.');
    if (!readOnly) {
      this.#asked.add(revisionId);
      this.#begin();
    }
    return kept;
  }

  noteHeads(assets: readonly Asset[]): void {
    if (this.#knownHeads.size > manyHeads) this.#knownHeads.clear();
    for (const asset of assets) this.#knownHeads.set(assetKey(asset), asset.headRevisionId);
  }

  lookedAt(heads: readonly RevisionId[]): void {
    const failed = this.#failures.revisions;
    this.#onScreen = heads.filter((revisionId) => !failed.has(revisionId));
    if (this.#onScreen.length > 0) this.#begin();
  }

  async complete(assets: readonly AssetRef[], signal?: AbortSignal): Promise<void> {
    const left = new Set<RevisionId>();
    for (const ref of assets) {
      const asset = await this.#options.store.assets.get(ref);
      if (asset?.headRevisionId != null && asset.suspicion === null) left.add(asset.headRevisionId);
    }
    if (left.size === 0 || signal?.aborted === true || this.#options.readOnly) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.#whenChecked.delete(onChecked);
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        for (const revisionId of left) this.#asked.delete(revisionId);
        end();
      };
      const onChecked = (revisionId: RevisionId): void => {
        left.delete(revisionId);
        if (left.size === 0 || this.#closed) end();
      };
      this.#whenChecked.add(onChecked);
      signal?.addEventListener('abort', onAbort, { once: true });
      for (const revisionId of left) this.#asked.add(revisionId);
      this.#begin();
    });
  }

  async idle(): Promise<void> {
    this.#begin();
    while (this.#working !== null) await this.#working;
  }

  async dispose(): Promise<void> {
    this.#closed = true;
    this.#stopListening?.();
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#thread.end();
    await this.#working;
    // A photo that was being decoded may have started another one.
    await this.#thread.end();
    await this.#lease.release();
  }

  #begin(): void {
    if (this.#closed || this.#options.readOnly) return;
    this.#working ??= this.#work()
      .catch((error: unknown) => {
        if (!this.#closed) this.#sayStopped(error);
      })
      .finally(() => {
        this.#working = null;
        // What came in between the last look and here.
        if (this.#asked.size > 0) this.#begin();
      });
  }

  /** It is tried again each half minute and at each change: the log has all of them, a person hears of one trouble once. */
  #sayStopped(error: unknown): void {
    const { logger, events } = this.#options;
    logger.error({ err: error }, 'checking masks has stopped; it is tried again');
    const trouble = sentenceOf(error);
    if (trouble !== this.#lastTrouble) events.notice('warning', `Checking masks has stopped; it is tried again by itself. ${trouble}`, 'checks_stopped');
    this.#lastTrouble = trouble;
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      const wanted = this.#nextWanted();
      if (wanted !== null) await this.#check(wanted.revisionId, wanted.isAsked);
      else if (!(await this.#checkFound())) {
        await this.#keep();
        if (!(await this.#settle())) break;
      }
    }
    this.#lastTrouble = null;
    if (!this.#closed) this.#teller.tell();
  }

  #nextWanted(): { readonly revisionId: RevisionId; readonly isAsked: boolean } | null {
    const [asked] = this.#asked;
    if (asked !== undefined) {
      this.#asked.delete(asked);
      return { revisionId: asked, isAsked: true };
    }
    const shown = this.#onScreen.shift();
    return shown === undefined ? null : { revisionId: shown, isAsked: false };
  }

  /** @returns false when there is nothing more that this process should look for */
  async #checkFound(): Promise<boolean> {
    if (this.#found.length === 0) {
      if (this.#stopListening === null) return false;
      await this.#keep();
      const { store } = this.#options;
      const look = () => store.checks.unchecked(checksVersion, batchSize, this.#failures.revisions);
      if ((await look()).length === 0 || !(await this.#lease.hold())) return false;
      const found = (await look()).map(({ revisionId }) => revisionId);
      if (found[0] !== undefined && found[0] === this.#lastFound) throw new BugError(`The checks of ${found[0]} were kept and are still missing`);
      this.#lastFound = found[0] ?? null;
      this.#found = found;
    }
    const next = this.#found.shift();
    if (next === undefined) return false;
    await this.#check(next, false);
    return true;
  }

  async #check(revisionId: RevisionId, isAsked: boolean): Promise<void> {
    const { store } = this.#options;
    // It may be among those that are checked and not kept yet.
    if (isAsked) await this.#keep();
    try {
      const kept = await store.checks.get(revisionId);
      if (kept !== null && kept.version >= checksVersion) this.#finished.push(kept);
      else {
        const { asset, checks } = await checkRevision(revisionId, { ...this.#options, thread: this.#thread });
        this.#finished.push(checks);
        this.#failures.remove(revisionId);
        // Who asked hears of it also when it is no head.
        if (isAsked) this.#teller.note([asset]);
      }
    } catch (error) {
      if (this.#closed) return this.#endWaiting(revisionId);
      this.#failures.add(revisionId, error);
      const revision = isAsked ? await store.revisions.get(revisionId) : null;
      if (revision !== null) this.#teller.note([revision.asset]);
    }
    if (isAsked || this.#finished.length >= batchSize) await this.#keep();
    if (isAsked && this.#asked.size === 0) this.#teller.tell();
    else this.#teller.tellSometimes();
    this.#endWaiting(revisionId);
  }

  #endWaiting(revisionId: RevisionId): void {
    for (const hear of [...this.#whenChecked]) hear(revisionId);
  }

  async #keep(): Promise<void> {
    const batch = this.#finished;
    this.#finished = [];
    if (batch.length === 0) return;
    const heads = await this.#options.store.checks.put(batch);
    this.#teller.note(heads);
    for (const head of heads) this.#unsettled.set(assetKey(head), head);
  }

  /** A person may have made a mask head that was checked long ago: then nobody checks it, and its relatives need to know. */
  async #compareHeads(): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Map();
    for (const [key, ref] of changed) {
      const asset = await this.#options.store.assets.get(ref);
      if (asset === null) continue;
      const known = this.#knownHeads.get(key);
      if (known !== undefined && known !== asset.headRevisionId) this.#unsettled.set(key, ref);
      this.#knownHeads.set(key, asset.headRevisionId);
    }
  }

  /** @returns false when there was nothing to do */
  async #settle(): Promise<boolean> {
    const { store } = this.#options;
    await this.#compareHeads();
    const unsettled = this.#unsettled;
    if (unsettled.size === 0) return false;
    this.#unsettled = new Map();
    const revised = await settleAreas(store, [...unsettled.values()]);
    if (revised.length > 0) this.#teller.note(await store.checks.put(revised));
    return true;
  }
}
