import type { AssetRef } from '../../domain/asset.ts';
import type { PublicationId, Sha256 } from '../../domain/ids.ts';
import type { Publication } from '../../domain/publication.ts';
import type { OutgoingEvent } from '../broker.ts';

export type PublishOutcome =
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'superseded'; readonly publication: Publication }
  | { readonly kind: 'failed'; readonly publication: Publication; readonly error: unknown };

export interface StandingMask {
  readonly asset: AssetRef;
  readonly stablePath: string;
  readonly maskSha256: Sha256;
}

export interface PublicationStore {
  /**
   * Takes the oldest pending publication (of that asset, or of any asset not in `except`) and, holding the asset's lock in the database
   * all the while: marks it superseded if it may not go out (domain/publication.ts), else awaits `place`, then in the same transaction
   * sets or clears `masked_local_path`, enqueues the events that `eventsOf` makes and marks it published. When `place` throws nothing is
   * changed but the attempt count and its sentence. Null when nothing is pending. Safe with several processes at once.
   */
  publishNext(steps: {
    readonly only?: AssetRef;
    readonly except?: ReadonlySet<string>;
    readonly place: (publication: Publication) => Promise<void>;
    readonly eventsOf: (publication: Publication, asset: PublishedAsset) => readonly OutgoingEvent[];
  }): Promise<PublishOutcome | null>;
  pendingCount(): Promise<number>;
  get(publicationId: PublicationId): Promise<Publication | null>;
  ofAsset(asset: AssetRef): Promise<readonly Publication[]>;
  /** Every mask that should stand at a stable path, in batches' order; for recover. */
  standing(): AsyncIterable<StandingMask>;
  /** Calls back with the mask that should stand for the asset now (null: none), holding its lock, so that no publication comes between. */
  withStanding(asset: AssetRef, mend: (standing: StandingMask | null) => Promise<void>): Promise<void>;
}

/** What events need to know of the asset beside its ref. */
export interface PublishedAsset {
  readonly ref: AssetRef;
  readonly videoId: string | null;
  readonly timestampS: number | null;
}
