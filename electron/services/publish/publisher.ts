import type { Logger } from '../../base/logger.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { isExpected, sentenceOf } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Broker, OutgoingEvent } from '../../../shared/ports/broker.ts';
import { familyOfTopic } from '../../../shared/ports/store/outboxStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { AppEvents } from '../appEvents.ts';
import { maskedEvents } from './maskedEvents.ts';
import { placeMask } from './placeMask.ts';

export interface DrainReport {
  readonly published: number;
  readonly superseded: number;
  readonly delivered: number;
  /** Sentences of what could not be done now; it stays pending and is tried again. */
  readonly problems: readonly string[];
  /** Sentences of what can never be placed and gave way to a newer decision on its asset. */
  readonly passedOver: readonly string[];
}

export interface Publisher {
  /**
   * Publishes and delivers all that is pending (of one asset, or of all). An asset or an event that fails is among the problems.
   * @throws ExpectedError store_locked, disk_full ... when the store itself fails
   */
  drain(only?: AssetRef): Promise<DrainReport>;
  /**
   * Publishes what is pending of one asset; its events are delivered with those of others, in the background.
   * @throws what kept the last of it from being placed; store_*
   */
  publishAsset(asset: AssetRef): Promise<void>;
  /** Drains in the background and again, with growing pauses, while something stays pending or the store fails. */
  kick(): void;
  /** How many events of each topic nobody had asked for, since the start. */
  readonly unheard: ReadonlyMap<string, number>;
  /** Stops trying; what is pending waits for the next start. */
  dispose(): Promise<void>;
}

interface PublisherParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Null: events stay in the outbox, for a process that has one. */
  readonly broker: Broker | null;
  readonly events: AppEvents;
  readonly logger: Logger;
}

const firstRetryMs = 1_000;
const lastRetryMs = 60_000;

/** Failures to place a mask that trying again can't mend; should a newer mask of the asset wait, it goes instead. */
const lastingCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['blob_missing', 'blob_corrupt', 'path_outside_root']);
const isLasting = (error: unknown): boolean => isExpected(error) && lastingCodes.has(error.code);

export const createPublisher = ({ store, blobs, broker, events, logger }: PublisherParts): Publisher => {
  let disposed = false;
  let running: Promise<void> | null = null;
  let again = false;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | null = null;
  let lastNotice: string | null = null;
  const unheard = new Map<string, number>();
  /** Topics that people were told of. */
  const toldUnheard = new Set<string>();

  const deliver = async (to: Broker, event: OutgoingEvent): Promise<void> => {
    const { topic } = event;
    if ((await to.publish(event)) === 'received') {
      toldUnheard.delete(topic);
      return;
    }
    unheard.set(topic, (unheard.get(topic) ?? 0) + 1);
    if (toldUnheard.has(topic)) return;
    toldUnheard.add(topic);
    events.notice('warning', `Nobody listens to ${topic} at ${to.location}: its events go to nobody until a service that wants them has been started there.`, 'delivery_failed');
  };

  /** @returns the sentence that people were told */
  const tellPassedOver = ({ asset, publicationId }: Publication, error: unknown): string => {
    logger.warn({ asset_id: asset.id, publication_id: publicationId, err: error }, 'superseded by a newer publication; its events are not sent');
    const sentence = `An earlier approval of ${asset.id} can't be published and gave way to a newer decision; its event is not sent. ${sentenceOf(error)}`;
    events.notice('warning', sentence, 'delivery_failed');
    return sentence;
  };

  interface Placed {
    readonly published: number;
    readonly superseded: number;
    readonly problems: readonly string[];
    readonly passedOver: readonly string[];
    /** Of the last problem. */
    readonly error: unknown;
  }

  const place = async (only?: AssetRef): Promise<Placed> => {
    const problems: string[] = [];
    const passedOver: string[] = [];
    const failedAssets = new Set<string>();
    let published = 0;
    let superseded = 0;
    let error: unknown = null;
    while (!disposed) {
      const outcome = await store.publications.publishNext({
        ...(only === undefined ? {} : { only }),
        except: failedAssets,
        noteFirst: blobs.mayLandLate,
        place: (publication, onUnsettled) => placeMask(blobs, publication, onUnsettled),
        eventsOf: maskedEvents,
        isLasting,
      });
      if (outcome === null) break;
      const { asset, revisionId } = outcome.publication;
      if (outcome.kind === 'failed') {
        error = outcome.error;
        failedAssets.add(assetKey(asset));
        problems.push(`${asset.id}: ${sentenceOf(outcome.error)}`);
        logger[isExpected(outcome.error) ? 'warn' : 'error']({ asset_id: asset.id, err: outcome.error }, 'a publication could not be placed');
        // A withdrawal has cleared the path, even where its file could not be removed yet.
        if (revisionId === null) events.assetsChanged([asset]);
        if (only !== undefined) break;
        continue;
      }
      if (outcome.kind === 'published') published++;
      else superseded++;
      if (outcome.kind === 'superseded' && outcome.error !== undefined) passedOver.push(tellPassedOver(outcome.publication, outcome.error));
      events.assetsChanged([asset]);
    }
    return { published, superseded, problems, passedOver, error };
  };

  /** What nobody takes (no queue is bound, or it is full) waits with its family; the others go on. Any other trouble is everybody's. */
  const deliverAll = async (to: Broker): Promise<{ readonly delivered: number; readonly problems: readonly string[] }> => {
    const waiting = new Set<string>();
    const problems: string[] = [];
    let delivered = 0;
    while (!disposed) {
      let topic = '';
      try {
        const isSent = await store.outbox.deliverNext((event) => {
          topic = event.topic;
          return deliver(to, event);
        }, waiting);
        if (!isSent) break;
        delivered++;
      } catch (error) {
        if (!isExpected(error)) logger.error({ err: error }, 'an event could not be delivered');
        problems.push(sentenceOf(error));
        if (!isExpected(error, 'delivery_failed') || topic === '') break;
        waiting.add(familyOfTopic(topic));
      }
    }
    return { delivered, problems };
  };

  const drain = async (only?: AssetRef): Promise<DrainReport> => {
    const { published, superseded, passedOver, ...placed } = await place(only);
    const sent = broker === null ? { delivered: 0, problems: [] } : await deliverAll(broker);
    return { published, superseded, delivered: sent.delivered, problems: [...placed.problems, ...sent.problems], passedOver };
  };

  /** @returns sentences of what is to be tried again */
  const attempt = async (): Promise<readonly string[]> => {
    try {
      return (await drain()).problems;
    } catch (error) {
      logger[isExpected(error) ? 'warn' : 'error']({ err: error }, 'publishing failed with the store');
      return [sentenceOf(error)];
    }
  };

  const clearTimer = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  const tryLater = (): void => {
    clearTimer();
    timer = setTimeout(kick, retryMs);
    timer.unref();
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  };

  const runInBackground = async (): Promise<void> => {
    do {
      again = false;
      const [problem] = await attempt();
      if (disposed) return;
      if (problem === undefined) {
        clearTimer();
        retryMs = firstRetryMs;
        lastNotice = null;
        continue;
      }
      // The same trouble at every retry is said once.
      if (problem !== lastNotice) events.notice('error', `An approved mask could not be published yet; it is tried again. ${problem}`, 'delivery_failed');
      lastNotice = problem;
      tryLater();
    } while (again);
  };

  const kick = (): void => {
    if (disposed) return;
    clearTimer();
    if (running !== null) {
      again = true;
      return;
    }
    running = runInBackground()
      .catch((error: unknown) => logger.error({ err: error }, 'the publisher broke off'))
      .finally(() => {
        running = null;
        if (again) kick();
      });
  };

  return {
    drain,
    publishAsset: async (asset) => {
      const { problems, error } = await place(asset);
      if (problems.length > 0) throw error;
    },
    kick,
    unheard,
    dispose: async () => {
      disposed = true;
      clearTimer();
      await running;
    },
  };
};
