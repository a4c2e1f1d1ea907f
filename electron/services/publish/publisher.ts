import type { Logger } from '../../base/logger.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Broker } from '../../../shared/ports/broker.ts';
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
}

export interface Publisher {
  /** Publishes and delivers all that is pending (of one asset, or of all). Never throws for a single asset's failure. */
  drain(only?: AssetRef): Promise<DrainReport>;
  /** Drains in the background and again, with growing pauses, while something stays pending. */
  kick(): void;
  /** Stops trying; what is pending waits for the next start. */
  dispose(): Promise<void>;
}

interface PublisherParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly broker: Broker;
  readonly events: AppEvents;
  readonly logger: Logger;
}

const firstRetryMs = 1_000;
const lastRetryMs = 60_000;

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const createPublisher = ({ store, blobs, broker, events, logger }: PublisherParts): Publisher => {
  let disposed = false;
  let running: Promise<void> | null = null;
  let again = false;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | null = null;
  let lastNotice: string | null = null;

  const drain = async (only?: AssetRef): Promise<DrainReport> => {
    const problems: string[] = [];
    const failedAssets = new Set<string>();
    let published = 0;
    let superseded = 0;
    let delivered = 0;
    while (!disposed) {
      const outcome = await store.publications.publishNext({
        ...(only === undefined ? {} : { only }),
        except: failedAssets,
        place: (publication) => placeMask(blobs, publication),
        eventsOf: maskedEvents,
      });
      if (outcome === null) break;
      const { asset } = outcome.publication;
      if (outcome.kind === 'failed') {
        failedAssets.add(assetKey(asset));
        problems.push(`${asset.id}: ${sentenceOf(outcome.error)}`);
        logger[isExpected(outcome.error) ? 'warn' : 'error']({ asset_id: asset.id, err: outcome.error }, 'a publication could not be placed');
        if (only !== undefined) break;
        continue;
      }
      if (outcome.kind === 'published') published++;
      else superseded++;
      events.assetsChanged([asset]);
    }
    try {
      while (!disposed && (await store.outbox.deliverNext((event) => broker.publish(event)))) delivered++;
    } catch (error) {
      if (!isExpected(error)) logger.error({ err: error }, 'an event could not be delivered');
      problems.push(sentenceOf(error));
    }
    return { published, superseded, delivered, problems };
  };

  const runInBackground = async (): Promise<void> => {
    do {
      again = false;
      const { problems } = await drain();
      if (problems.length === 0) {
        retryMs = firstRetryMs;
        lastNotice = null;
        continue;
      }
      const [first = ''] = problems;
      // The same trouble at every retry is said once.
      if (first !== lastNotice) events.notice('error', `An approved mask could not be published yet; it is tried again. ${first}`, 'delivery_failed');
      lastNotice = first;
      if (disposed) return;
      timer = setTimeout(kick, retryMs);
      timer.unref();
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    } while (again && !disposed);
  };

  const kick = (): void => {
    if (disposed) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (running !== null) {
      again = true;
      return;
    }
    running = runInBackground()
      .catch((error: unknown) => {
        logger.error({ err: error }, 'publishing stopped');
        events.notice('error', `Publishing stopped: ${sentenceOf(error)}`, null);
      })
      .finally(() => {
        running = null;
        if (again) kick();
      });
  };

  return {
    drain,
    kick,
    dispose: async () => {
      disposed = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
};
