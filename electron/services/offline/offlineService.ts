import { join } from 'node:path';
import type { Logger } from '../../base/logger.ts';
import type { Reach, SendOutcome, WaitingChoice, WaitingItem, WaitingSides } from '../../../shared/contracts/rpc/offline.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { asId, type RevisionId, type VerdictId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { AppEvents } from '../appEvents.ts';
import type { PaintedVersion } from '../review/paintedVersion.ts';
import type { PixelService, QueueService, ReviewService } from '../services.ts';
import { createDeskStore } from './deskStore.ts';
import { createKnownRows } from './knownRows.ts';
import { createOfflineDrafts } from './offlineDrafts.ts';
import { createOfflineQueue } from './offlineQueue.ts';
import { createOfflineReview } from './offlineReview.ts';
import { createPendingBlobs } from './pendingBlobs.ts';
import { createReachability } from './reachability.ts';
import { createSettleWaiting } from './settleWaiting.ts';
import { openShelf } from './shelf.ts';
import { createWaitingWork } from './waitingWork.ts';

/** Work while the store is away, and its return. */
export interface OfflineService {
  readonly reach: Reach;
  retry(): Promise<Reach>;
  waiting(): Promise<readonly WaitingItem[]>;
  /** @param ids null: everything. Never overwrites what somebody else has done: that stays, as a conflict. */
  send(ids: readonly string[] | null): Promise<readonly SendOutcome[]>;
  sides(id: string): Promise<WaitingSides>;
  resolve(id: string, choice: WaitingChoice, seenHead: RevisionId | null): Promise<Asset>;
  takeBack(id: string): Promise<Asset>;
}

/** Of a store on this very machine: it is always there, and nothing waits. */
export const alwaysOnline: OfflineService = {
  reach: { kind: 'online' },
  retry: () => Promise.resolve({ kind: 'online' }),
  waiting: () => Promise.resolve([]),
  send: () => Promise.resolve([]),
  sides: () => Promise.reject(new ExpectedError('not_found', 'Nothing waits to be sent.')),
  resolve: () => Promise.reject(new ExpectedError('not_found', 'Nothing waits to be sent.')),
  takeBack: () => Promise.reject(new ExpectedError('nothing_to_undo', 'Nothing waits to be sent.')),
};

/** Of a store's folder on this machine. */
export const shelfFolderOf = (storeDir: string): string => join(storeDir, 'offline');

export interface OfflineParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly events: AppEvents;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly storeDir: string;
  /** Which servers are asked whether they are there. */
  readonly watches: { readonly store: boolean; readonly files: boolean };
  readonly onBack: () => void;
  readonly reviewer: () => string;
}

/** An existing key is not needed: only the answer counts. */
const pingKey = 'data/maskdesk/reachable';

/**
 * What a desk on a team's store works with: `store` and `blobs` for its services, which `join` then makes into services that go on while either is
 * away.
 */
export const openOffline = async ({ store, blobs, events, logger, clock, storeDir, watches, onBack, reviewer }: OfflineParts) => {
  const known = createKnownRows();
  const reach = createReachability({
    pings: {
      ...(watches.store ? { store: () => store.settings.get('demo') } : {}),
      ...(watches.files ? { files: () => blobs.has(pingKey) } : {}),
    },
    events,
    logger,
    onBack,
  });
  const folder = shelfFolderOf(storeDir);
  const onDamaged = (path: string): void => events.notice('warning', `Work that was kept on this machine could not be read, and lies in ${path}.`, 'shelf_damaged');
  const shelf = await openShelf(folder, onDamaged, () => events.emit({ kind: 'waitingChanged' }));
  const deskStore = createDeskStore(store, reach, known);
  const pending = createPendingBlobs(blobs, join(folder, 'blobs'), reach);

  const joinServices = (services: { readonly review: ReviewService; readonly pixels: PixelService; readonly queue: QueueService; readonly codec: ImageCodec; readonly paintedVersion: PaintedVersion }) => {
    const { review, pixels, codec, paintedVersion } = services;
    const offlineReview = createOfflineReview({ review, shelf, reach, known, pending, paintedVersion, codec, clock, reviewer });
    const drafts = createOfflineDrafts({ pixels, store: deskStore, shelf, known, nowMs: () => clock.nowMs(), reviewer });
    const workParts = { shelf, store: deskStore, review, pixels, pending, reach, codec, events, reviewer };
    const work = createWaitingWork(workParts);
    const service: OfflineService = {
      get reach() {
        return reach.reach;
      },
      retry: () => reach.look(),
      waiting: work.list,
      send: work.send,
      sides: work.sides,
      resolve: createSettleWaiting(workParts, work),
      takeBack: async (id) => (await offlineReview.undo({ verdictId: asId<VerdictId>(id) })).asset,
    };
    return { service, review: offlineReview, pixels: { ...pixels, ...drafts }, queue: createOfflineQueue(services.queue, known) };
  };

  return { store: deskStore, blobs: pending.blobs, reach, join: joinServices };
};
