import type { Migration } from './migration.ts';

/** Who reviews which item (sql/itemLeaseStore.ts); the other desks hear of it. */
const sql = `
create table maskdesk.item_leases (
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  owner text not null,
  reviewer text not null,
  purpose text not null check (purpose in ('open', 'ahead')),
  since_ms bigint not null,
  expires_at_ms bigint not null,
  primary key (asset_kind, asset_id)
);
create trigger item_leases_tell_taken after insert on maskdesk.item_leases referencing new table as changed for each statement execute function maskdesk.tell_of_assets();
create trigger item_leases_tell_changed after update on maskdesk.item_leases referencing new table as changed for each statement execute function maskdesk.tell_of_assets();
create trigger item_leases_tell_left after delete on maskdesk.item_leases referencing old table as changed for each statement execute function maskdesk.tell_of_assets();
`;

export const itemLeases: Migration = { version: 15, name: 'who reviews which item', sql };
