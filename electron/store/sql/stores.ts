import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { createAssetStore } from './assetStore.ts';
import { createAuditStore } from './auditStore.ts';
import { createCatalogStore } from './catalogStore.ts';
import { createCheckStore } from './checkStore.ts';
import { createCommentStore } from './commentStore.ts';
import type { Connection } from './connection.ts';
import { createDraftStore } from './draftStore.ts';
import { createImportedPhotoStore } from './importedPhotoStore.ts';
import { createIntakeStore } from './intakeStore.ts';
import { createItemLeaseStore } from './itemLeaseStore.ts';
import { createLeaseStore } from './leaseStore.ts';
import type { ListMarks } from './listMarks.ts';
import { createOutboxStore } from './outboxStore.ts';
import { createPlacementStore } from './placementStore.ts';
import { createPublicationStore } from './publicationStore.ts';
import { createReviewStore } from './reviewStore.ts';
import { createRevisionStore } from './revisionStore.ts';
import { createSetStore } from './setStore.ts';
import { createSettingsStore } from './settingsStore.ts';
import { createStatsStore } from './statsStore.ts';
import { createTaskStore } from './taskStore.ts';

/** What each database does in a way of its own. */
type OwnWays = 'location' | 'created' | 'changedElsewhere' | 'listen' | 'health' | 'close';

/**
 * The stores that are the same on every database: one line each.
 * @param adopt takes in what another program has added; returns how many
 * @param marks places of the queue's lists that are known
 */
export const storesOn = (connection: Connection, clock: Clock, adopt: (nowMs: number) => Promise<number>, marks: ListMarks): Omit<Store, OwnWays> => ({
  catalog: createCatalogStore(connection, clock),
  assets: createAssetStore(connection, clock, adopt, marks),
  revisions: createRevisionStore(connection, clock),
  importedPhotos: createImportedPhotoStore(connection, clock),
  checks: createCheckStore(connection),
  review: createReviewStore(connection, clock),
  publications: createPublicationStore(connection, clock),
  placements: createPlacementStore(connection),
  outbox: createOutboxStore(connection, clock),
  tasks: createTaskStore(connection, clock),
  intake: createIntakeStore(connection),
  drafts: createDraftStore(connection, clock),
  leases: createLeaseStore(connection),
  itemLeases: createItemLeaseStore(connection, clock),
  settings: createSettingsStore(connection),
  sets: createSetStore(connection, clock),
  stats: createStatsStore(connection),
  comments: createCommentStore(connection, clock),
  audit: createAuditStore(connection, clock),
});
