import type { AssetFilter } from '../../domain/assetQuery.ts';
import type { AssetRef } from '../../domain/asset.ts';
import type { SetId, Sha256, SnapshotId } from '../../domain/ids.ts';
import type { MaskSet, SetMeasure, Snapshot, SnapshotEntry, SnapshotLink } from '../../domain/maskSet.ts';

/** What must be known to divide masks: how many each product and video has (an asset without one stands alone), and which belong together. */
export interface SplitMembers {
  readonly members: readonly (Pick<SnapshotEntry, 'asset' | 'productId' | 'videoId'> & { readonly masks: number })[];
  readonly links: readonly SnapshotLink[];
}

/** Sets and what they held. Snapshots are only ever added: the database refuses to change or to remove what is in one. */
export interface SetStore {
  /** By name; those that were removed are not among them. */
  list(): Promise<readonly MaskSet[]>;
  byName(name: string): Promise<MaskSet | null>;
  /** Those that were removed and had been frozen before, last removed first: their snapshots are there still. */
  removed(): Promise<readonly MaskSet[]>;
  /**
   * Makes it, or gives the one of that name another filter; its snapshots stay as they are. One of that name that was removed comes back with its snapshots, so that its
   * numbers go on: two snapshots never have the same name and number. @throws ExpectedError invalid_input
   */
  save(set: Pick<MaskSet, 'setId' | 'name' | 'filter' | 'createdBy'>): Promise<MaskSet>;
  /** A set with snapshots is hidden from the list and keeps them ({@link removed}). @throws ExpectedError not_found */
  remove(setId: SetId, removedBy: string): Promise<void>;
  /**
   * One look at the database: all assets with a mask that the set's filter finds at one moment. Asked again with the same id it gives what there is.
   * @throws ExpectedError not_found; invalid_input where the filter finds no mask; CancelledError
   */
  freeze(setId: SetId, snapshot: { readonly snapshotId: SnapshotId; readonly createdBy: string }, signal?: AbortSignal): Promise<Snapshot>;
  /** Newest first, of one set or of all. */
  snapshots(setId?: SetId): Promise<readonly Snapshot[]>;
  snapshot(snapshotId: SnapshotId): Promise<Snapshot | null>;
  /** In order. @param after position of the last one of the page before; -1: from the start */
  entries(snapshotId: SnapshotId, after: number, limit: number): Promise<readonly SnapshotEntry[]>;
  links(snapshotId: SnapshotId): Promise<readonly SnapshotLink[]>;
  /** Of what a filter finds now, or of a snapshot; as large as there are products and videos. @throws ExpectedError not_found */
  splitMembers(of: AssetFilter | SnapshotId): Promise<SplitMembers>;
  /** Would a filter that is frozen now give the very entries and links of that snapshot? Page by page. @throws ExpectedError not_found; CancelledError */
  holdsSame(snapshotId: SnapshotId, signal?: AbortSignal): Promise<boolean>;
  /** What a filter finds now, for a preview: masks, assets that it finds but that have none, pixels inside. */
  measure(filter: AssetFilter): Promise<SetMeasure>;
  /**
   * Digest of the photo that an export of this snapshot was given first; given again it must be the same. A store that is only read takes the first one's place
   * each time. @returns the one that stands
   */
  rememberPhoto(snapshotId: SnapshotId, asset: AssetRef, photoSha256: Sha256): Promise<Sha256>;
}

export type { SetMeasure };
