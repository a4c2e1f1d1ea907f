import type { Database } from 'better-sqlite3';

/** Who reviews which item (sql/itemLeaseStore.ts). */
const sql = `
create table maskdesk_item_leases (
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  owner text not null,
  reviewer text not null,
  purpose text not null check (purpose in ('open', 'ahead')),
  since_ms integer not null,
  expires_at_ms integer not null,
  primary key (asset_kind, asset_id)
) without rowid;
`;

export const itemLeases = {
  version: 15,
  name: 'who reviews which item',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
