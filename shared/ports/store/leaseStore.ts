/** A claim on a resource for a limited time, so that two people or processes do not do the same work. */
export interface LeaseStore {
  /** True when the owner holds it now, freshly or renewed; false while somebody else's has not expired. */
  acquire(resource: string, owner: string, durationMs: number): Promise<boolean>;
  release(resource: string, owner: string): Promise<void>;
  ownerOf(resource: string): Promise<string | null>;
}

/** The lease that editing an asset holds; model results do not move the head meanwhile. */
export const assetLease = (assetKeyText: string): string => `asset:${assetKeyText}`;
