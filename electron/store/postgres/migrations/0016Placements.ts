import type { Migration } from './migration.ts';

/** Attempts to put a mask at its stable path that may still come to an end (sql/placementStore.ts). */
const sql = `
create table maskdesk.placements (
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  stable_path text not null,
  begun_at_ms bigint not null,
  is_unsettled integer not null default 0,
  looks integer not null default 0,
  next_look_at_ms bigint not null,
  primary key (asset_kind, asset_id, stable_path)
);
create index placements_due on maskdesk.placements (next_look_at_ms);
`;

export const placements: Migration = { version: 16, name: 'attempts to place a mask that may land late', sql };
