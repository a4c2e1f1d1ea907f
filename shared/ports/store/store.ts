import type { AssetRef } from '../../domain/asset.ts';
import type { AssetStore } from './assetStore.ts';
import type { AuditStore } from './auditStore.ts';
import type { CatalogStore } from './catalogStore.ts';
import type { CheckStore } from './checkStore.ts';
import type { CommentStore } from './commentStore.ts';
import type { DraftStore } from './draftStore.ts';
import type { ImportedPhotoStore } from './importedPhotoStore.ts';
import type { ItemLeaseStore } from './itemLeaseStore.ts';
import type { IntakeStore } from './intakeStore.ts';
import type { LeaseStore } from './leaseStore.ts';
import type { OutboxStore } from './outboxStore.ts';
import type { PlacementStore } from './placementStore.ts';
import type { PublicationStore } from './publicationStore.ts';
import type { ReviewStore } from './reviewStore.ts';
import type { RevisionStore } from './revisionStore.ts';
import type { SetStore } from './setStore.ts';
import type { SettingsStore } from './settingsStore.ts';
import type { StatsStore } from './statsStore.ts';
import type { TaskStore } from './taskStore.ts';

export interface StoreHealth {
  readonly ok: boolean;
  /** One sentence a finding; empty when ok. */
  readonly findings: readonly string[];
  readonly schemaVersion: number;
}

/** Everything that Maskdesk keeps in a database. Adapters: SQLite (embedded), PostgreSQL (a team's). */
export interface Store {
  /** For people: the file or the server and database. */
  readonly location: string;
  /** Whether there was nothing before: this very opening made it. */
  readonly created: boolean;
  readonly catalog: CatalogStore;
  readonly assets: AssetStore;
  readonly revisions: RevisionStore;
  readonly importedPhotos: ImportedPhotoStore;
  readonly checks: CheckStore;
  readonly review: ReviewStore;
  readonly publications: PublicationStore;
  readonly placements: PlacementStore;
  readonly outbox: OutboxStore;
  readonly tasks: TaskStore;
  readonly intake: IntakeStore;
  readonly drafts: DraftStore;
  readonly leases: LeaseStore;
  readonly itemLeases: ItemLeaseStore;
  readonly settings: SettingsStore;
  readonly sets: SetStore;
  readonly stats: StatsStore;
  readonly comments: CommentStore;
  readonly audit: AuditStore;
  /** Whether another process has written since the last call (the first: since the store was opened). Cheap: it may be asked each second. */
  changedElsewhere(): Promise<boolean>;
  /**
   * Calls back with what other processes have changed, as it happens; an empty list: anything may have, as after a lost connection. Null where
   * the database can't tell: then changedElsewhere is asked regularly. Returns a function that stops it.
   */
  readonly listen: ((listener: (assets: readonly AssetRef[]) => void) => () => void) | null;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}
