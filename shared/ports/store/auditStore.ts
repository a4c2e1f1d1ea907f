import type { AssetRef } from '../../domain/asset.ts';
import type { AuditEntry } from '../../domain/audit.ts';

export interface AuditStore {
  /** Everything that happened to an asset, newest first, from one look at the database. @throws ExpectedError not_found */
  ofAsset(asset: AssetRef): Promise<readonly AuditEntry[]>;
}
