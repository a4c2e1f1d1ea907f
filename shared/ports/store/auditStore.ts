import type { AssetRef } from '../../domain/asset.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { AuditRecord, AuditSpan, NewAuditRecord } from '../../domain/auditTrail.ts';

/** What happened. The trail is only ever added to: the database refuses to change or to remove what is in it. */
export interface AuditStore {
  /** Everything that happened to an asset, newest first, from one look at the database. @throws ExpectedError not_found */
  ofAsset(asset: AssetRef): Promise<readonly AuditEntry[]>;
  /** Adds what no other write tells of by itself. */
  append(record: NewAuditRecord): Promise<void>;
  /** The trail of a store by time, then in the order of writing. @param after the last one of the page before; null: from the start */
  page(span: AuditSpan, after: Pick<AuditRecord, 'atMs' | 'sequence'> | null, limit: number): Promise<readonly AuditRecord[]>;
  count(span: AuditSpan): Promise<number>;
}
