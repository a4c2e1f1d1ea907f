import type { AssetRef } from './asset.ts';

/** open: on somebody's desk · ahead: kept for somebody who takes it next. */
export const leasePurposes = ['open', 'ahead'] as const;
export type LeasePurpose = (typeof leasePurposes)[number];

/** Whoever holds items: a person at one machine's data folder. */
export interface LeaseHolder {
  /** Names the desk; never shown. */
  readonly owner: string;
  /** The person's name. */
  readonly reviewer: string;
}

/** An item that somebody reviews now. It ends by itself, by the database's clock, unless it is renewed. */
export interface ItemLease extends LeaseHolder {
  readonly asset: AssetRef;
  readonly purpose: LeasePurpose;
  readonly sinceMs: number;
  /** Until it ends, at the moment of the answer: clocks of machines may differ. */
  readonly remainingMs: number;
}
