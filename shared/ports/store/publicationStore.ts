import type { AssetRef } from '../../domain/asset.ts';
import type { PublicationId, Sha256 } from '../../domain/ids.ts';
import type { Publication } from '../../domain/publication.ts';
import type { OutgoingEvent } from '../broker.ts';

export type PublishOutcome =
  | { readonly kind: 'published'; readonly publication: Publication }
  /** With an error: it could never be placed, and a newer one was waiting behind it. Its events are not sent. */
  | { readonly kind: 'superseded'; readonly publication: Publication; readonly error?: unknown }
  | { readonly kind: 'failed'; readonly publication: Publication; readonly error: unknown };

export interface StandingMask {
  readonly asset: AssetRef;
  readonly stablePath: string;
  readonly maskSha256: Sha256;
  /** What `masked_local_path` holds now: another program may have cleared or changed it. */
  readonly recordedPath: string | null;
}

export interface PublicationStore {
  /**
   * Takes the oldest pending publication (of that asset, or of any asset not in `except`) and, holding the asset's lock in the database
   * all the while: marks it superseded if it may not go out (domain/publication.ts), else awaits `place`, then in the same transaction
   * sets `masked_local_path`, enqueues the events that `eventsOf` makes and marks it published. A withdrawal goes the other way round, so
   * that no path is ever without its file: the cleared path is committed first, then `place` removes the file. When `place` throws nothing
   * else is changed but the attempt count and its sentence; where the failure is lasting and a newer publication of the asset waits, this
   * one is marked superseded, so that it does not block the asset for ever. Null when nothing is pending. Safe with several processes at once.
   */
  publishNext(steps: {
    readonly only?: AssetRef;
    readonly except?: ReadonlySet<string>;
    /** @param onUnsettled to be told where a try was left without an answer, so that it may still land: the path is watched then (PlacementStore) */
    readonly place: (publication: Publication, onUnsettled: () => void) => Promise<void>;
    /** Whether the attempt is noted, in a transaction of its own, before `place` is called: for places where it may land late. Default false. */
    readonly noteFirst?: boolean;
    readonly eventsOf: (publication: Publication, asset: PublishedAsset) => readonly OutgoingEvent[];
    /** Whether trying again can never help. Default: it always may. */
    readonly isLasting?: (error: unknown) => boolean;
  }): Promise<PublishOutcome | null>;
  pendingCount(): Promise<number>;
  get(publicationId: PublicationId): Promise<Publication | null>;
  ofAsset(asset: AssetRef): Promise<readonly Publication[]>;
  /** Every mask that should stand at a stable path, in batches' order; for recover. */
  standing(): AsyncIterable<StandingMask>;
  /**
   * Calls back with the mask that should stand for the asset now (null: none), holding its lock, so that no publication comes between.
   * When `mend` resolves to true (the mask is in its place) a `masked_local_path` that differs is written.
   * @returns whether the path was written
   */
  withStanding(asset: AssetRef, mend: (standing: StandingMask | null) => Promise<boolean>): Promise<boolean>;
}

/** What events need to know of the asset beside its ref. */
export interface PublishedAsset {
  readonly ref: AssetRef;
  readonly videoId: string | null;
  readonly timestampS: number | null;
}
