import type { Asset } from '../../../shared/domain/asset.ts';
import { asId, type PublicationId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { TaskFailure } from '../../../shared/domain/task.ts';
import { BugError, isExpected, sentenceOf, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { Decision, InboxAsset, InboxMessage, OfferedMask } from '../../../shared/ports/store/intakeStore.ts';
import type { IntakeMasks, MadeMask } from './intakeMasks.ts';
import type { AssetFacts, AssetOutcome, MessageFacts, StoredHow } from './intakeObserver.ts';
import type { IntakeParts, IntakeSettings } from './intakeOptions.ts';
import { codeOf, GaveUp, isInfrastructure, PictureFailure, withRetries } from './retries.ts';
import { RowArrivals } from './rowArrivals.ts';

export interface Errand {
  readonly message: InboxMessage;
  readonly facts: MessageFacts;
  readonly signal: AbortSignal;
}

/** More rounds than any turn of events needs; beyond that something of ours goes in circles. */
const mostRounds = 50;

/** Sees the assets of messages from arrival to `stored` or `failed`. */
export class IntakeAssets {
  readonly #parts: IntakeParts;
  readonly #settings: IntakeSettings;
  readonly #masks: IntakeMasks;

  constructor(parts: IntakeParts, settings: IntakeSettings, masks: IntakeMasks) {
    this.#parts = parts;
    this.#settings = settings;
    this.#masks = masks;
  }

  /** The rows of one message, for {@link see} of all its assets. */
  arrivals(errand: Errand): RowArrivals {
    return new RowArrivals((assets) => this.#retried(errand, () => this.#parts.store.intake.adopt(assets)), this.#settings.rowWaitMs, errand.signal);
  }

  /**
   * May be repeated at any time: goes on where it was stopped.
   * @returns whether the pipeline has a row for it. Where it has none nothing is settled: one of many is a failed asset, all of them a message that came to nothing
   * @throws GaveUp, CancelledError
   */
  async see(item: InboxAsset, errand: Errand, arrivals: RowArrivals): Promise<boolean> {
    if (item.state !== 'waiting' && !item.wantsProposal) return true;
    const startedMs = performance.now();
    const asset = await this.#row(item, errand, arrivals);
    if (asset === null) return false;
    const wantsProposal = item.state === 'waiting' ? await this.#settle(item, asset, errand, startedMs) : true;
    if (wantsProposal) await this.#propose(item, asset, errand);
    return true;
  }

  /**
   * Whether photos of a settled message are others by now: then the same message means new work.
   * @returns their digests where they are, else null
   */
  async otherPhotos({ message, facts, signal }: Errand): Promise<readonly string[] | null> {
    const { observer, store } = this.#parts;
    let areOthers = false;
    const digests: string[] = [];
    for (const item of message.assets) {
      const digest = await withRetries(
        async () => {
          const asset = await store.assets.get(item.asset);
          return asset === null ? null : this.#masks.photoSha256(asset);
        },
        { settings: this.#settings.retry, observer, facts, signal },
      );
      // What a reviewer's verdict settled was not read then.
      const wasRead = item.sourceSha256 !== null || (item.state === 'failed' && item.errorCode !== 'rejected');
      areOthers ||= digest !== null && digest !== item.sourceSha256 && wasRead;
      digests.push(digest ?? '');
    }
    return areOthers ? digests : null;
  }

  /** For one whose row never came though others' did. */
  async fail(item: InboxAsset, failure: TaskFailure, errand: Errand, { startedMs = performance.now(), photoSha256 = null as Sha256 | null } = {}): Promise<void> {
    const { store, events } = this.#parts;
    const settle = (outranked: boolean): Promise<Decision> =>
      this.#retried(errand, async () => {
        if ((await store.assets.get(item.asset)) !== null) await store.assets.recordFailure(item.asset, failure.message);
        return store.intake.settleFailed(errand.message.messageId, item.asset, failure, { sourceSha256: photoSha256, outranked });
      });
    let decision = await settle(true);
    if (decision.kind !== 'settled') {
      // Approved a moment ago: its mask goes out first. Where it can't, there is nothing left that could be told.
      decision = await this.#publish(item, errand)
        .then(() => settle(true))
        .catch(ifPicture(() => settle(false)));
      if (decision.kind !== 'settled') decision = await settle(false);
    }
    events.assetsChanged([item.asset]);
    const isStored = decision.kind === 'settled' && decision.state === 'stored';
    this.#tell(item, errand, isStored ? { kind: 'stored', how: 'approved' } : { kind: 'failed', ...failure }, startedMs);
  }

  /** The pipeline's row, which may come a little after its message. */
  async #row(item: InboxAsset, errand: Errand, arrivals: RowArrivals): Promise<Asset | null> {
    const { store } = this.#parts;
    const get = (): Promise<Asset | null> => this.#retried(errand, () => store.assets.get(item.asset));
    return (await get()) ?? ((await arrivals.hasCome(item.asset)) ? get() : null);
  }

  /** @returns whether a person's verdict settled it, so that the recipe's mask is wanted for them to look at */
  async #settle(item: InboxAsset, asset: Asset, errand: Errand, startedMs: number): Promise<boolean> {
    try {
      const isJudged = asset.state === 'approved' || asset.state === 'rejected';
      const first = isJudged ? await this.#decide(item, errand, null) : ({ kind: 'segment' } as const);
      const { decision, how } = await this.#toItsEnd(first, item, asset, errand);
      const by = decision.by;
      if (decision.state === 'stored') this.#tell(item, errand, { kind: 'stored', how: by === 'approved' ? 'approved' : how }, startedMs);
      else this.#tell(item, errand, { kind: 'failed', code: by ?? 'failed', message: by === 'rejected' ? 'A reviewer has rejected its mask.' : 'It failed before.' }, startedMs);
      return by === 'approved' || by === 'rejected';
    } catch (error) {
      if (!(error instanceof PictureFailure)) throw error;
      await this.fail(item, error.failure, errand, { startedMs, photoSha256: error.photoSha256 });
      return false;
    }
  }

  async #toItsEnd(first: Decision, item: InboxAsset, asset: Asset, errand: Errand): Promise<{ decision: Extract<Decision, { kind: 'settled' }>; how: StoredHow }> {
    let decision = first;
    let made: MadeMask | null = null;
    for (let round = 0; round < mostRounds; round++) {
      throwIfCancelled(errand.signal);
      if (decision.kind === 'settled') return { decision, how: made?.how ?? 'known' };
      if (decision.kind === 'publish') await this.#publish(item, errand);
      else made = await this.#mask(item, asset, errand);
      decision = await this.#decide(item, errand, made);
    }
    throw new BugError(`${item.id} is decided about in circles`);
  }

  #decide(item: InboxAsset, errand: Errand, made: MadeMask | null): Promise<Decision> {
    const { blobs, clock, stableKeyOf, store } = this.#parts;
    const offer = (mask: MadeMask): OfferedMask => ({
      ...mask.revision,
      sourceSha256: mask.photoSha256,
      stablePath: blobs.pathOfKey(stableKeyOf(item.asset)),
      publicationId: asId<PublicationId>(clock.uuid()),
    });
    return this.#retried(errand, () => store.intake.decide(errand.message.messageId, item.asset, made === null ? null : offer(made)));
  }

  async #publish(item: InboxAsset, errand: Errand): Promise<void> {
    const startedMs = performance.now();
    await this.#retried(errand, () => this.#parts.publisher.publishAsset(item.asset).catch(ofThePicture));
    this.#parts.observer.stage('publish', performance.now() - startedMs);
  }

  async #mask(item: InboxAsset, asset: Asset, errand: Errand): Promise<MadeMask> {
    this.#checkPath(item, asset, errand);
    try {
      return await this.#retried(errand, () => this.#masks.of(asset, errand.message.acceptedAtMs, errand.signal));
    } catch (error) {
      // A fault of ours that this picture brings about each time: one failed asset, not a message that nobody can answer.
      if (!(error instanceof GaveUp) || codeOf(error.cause) !== 'bug') throw error;
      throw new PictureFailure({ code: 'bug', message: 'A fault in Maskdesk kept this picture from being segmented; the log has the details.' }, { cause: error });
    }
  }

  /**
   * What is segmented is the photo of the pipeline's row: it is what the desk shows and what the mask will lie on. The message's own path is checked
   * all the same: one that leads out of the data root is refused.
   */
  #checkPath(item: InboxAsset, asset: Asset, { facts }: Errand): void {
    const { blobs, observer } = this.#parts;
    try {
      const told = blobs.keyOfPath(item.localPath);
      if (told === blobs.keyOfPath(asset.localPath)) return;
      observer.warned(facts, `The message says that ${item.id} lies at ${item.localPath}, its row says ${asset.localPath}: the row's photo is segmented.`);
    } catch (error) {
      ofThePicture(error);
    }
  }

  /** Beside a verdict; should it come to nothing, nobody misses it but the log. */
  async #propose(item: InboxAsset, asset: Asset, errand: Errand): Promise<void> {
    try {
      await this.#mask(item, asset, errand);
    } catch (error) {
      if (!(error instanceof PictureFailure)) throw error;
      this.#parts.observer.warned(errand.facts, `No mask to propose for ${item.id}, which was judged before: ${error.failure.message}`);
    }
    await this.#retried(errand, () => this.#parts.store.intake.endProposal(errand.message.messageId, item.asset));
  }

  #retried<T>(errand: Errand, work: () => Promise<T>): Promise<T> {
    return withRetries(work, { settings: this.#settings.retry, observer: this.#parts.observer, facts: errand.facts, signal: errand.signal });
  }

  #tell(item: InboxAsset, { facts }: Errand, outcome: AssetOutcome, startedMs: number): void {
    const assetFacts: AssetFacts = { ...facts, asset: item.asset };
    this.#parts.observer.assetSettled(assetFacts, outcome, performance.now() - startedMs);
    this.#parts.publisher.kick();
  }
}

const ifPicture =
  <T>(otherwise: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (!(error instanceof PictureFailure)) throw error;
    return otherwise();
  };

/** An expected error that no server is to blame for is the picture's own. */
const ofThePicture = (error: unknown): never => {
  if (!isExpected(error) || isInfrastructure(error)) throw error;
  throw new PictureFailure({ code: codeOf(error), message: sentenceOf(error) }, { cause: error });
};

