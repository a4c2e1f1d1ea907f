import type { Asset, AssetRef, AssetState } from '../../domain/asset.ts';
import type { ItemLease, LeaseHolder, LeasePurpose } from '../../domain/itemLease.ts';
import type { AssetList } from './assetStore.ts';

export interface LeaseTerms {
  readonly holder: LeaseHolder;
  readonly purpose: LeasePurpose;
  readonly durationMs: number;
  /** Let go of in the same transaction: what the desk leaves for it. */
  readonly leaving?: readonly AssetRef[];
}

export interface NextItemQuery extends AssetList {
  readonly after: AssetRef | null;
  readonly states: readonly AssetState[];
  readonly direction: 1 | -1;
  /**
   * Tried first, where it is in the list and open still; the search goes on from there. What a window shows as the next row: `after` itself may
   * have been judged by now, and stand elsewhere in the order.
   */
  readonly first?: AssetRef | null;
  /** Passed over too, few: what this person has just judged. */
  readonly except?: readonly AssetRef[];
}

/**
 * Who reviews what: so that several people on one store do not judge the same item. Live leases only; everything here goes by the database's
 * clock. A lease keeps others from being given the item and from judging it unasked; what keeps masks from being overwritten is the head check
 * of verdicts. (LeaseStore's `asset:` leases are another thing: they keep models' results off a mask that is being painted.)
 */
export interface ItemLeaseStore {
  /** Takes or renews each that nobody else holds. Returns the lease that stands now of each, in order: the holder's own, or somebody else's. */
  take(assets: readonly AssetRef[], terms: LeaseTerms): Promise<readonly ItemLease[]>;
  /**
   * As AssetStore.nextOpen, but passes over what others hold and takes the lease in the same step: of all that ask, one gets an item.
   */
  takeNext(query: NextItemQuery, terms: LeaseTerms): Promise<Asset | null>;
  /** Takes it whoever has it. @returns whose it was; null: nobody's, or the holder's own */
  takeOver(asset: AssetRef, terms: Omit<LeaseTerms, 'purpose'>): Promise<ItemLease | null>;
  /** Those that the owner holds; others stay. */
  release(assets: readonly AssetRef[], owner: string): Promise<void>;
  releaseAll(owner: string): Promise<void>;
  /** Longest held first. */
  live(): Promise<readonly ItemLease[]>;
}
