import type { Database } from 'better-sqlite3';

const asset = `asset_kind text not null check (asset_kind in ('product_image', 'keyframe')), asset_id text not null`;

/**
 * Comments; who chose which version as the head, with what stood before, so that it can be taken back; and what is measured of a revision
 * against its parent. The partial index counts a page's open comments without reading any.
 */
const sql = `
create table maskdesk_comments (
  sequence integer primary key autoincrement,
  comment_id text not null unique,
  ${asset},
  revision_id text references maskdesk_revisions (revision_id),
  x_px real, y_px real,
  author text not null,
  text text not null,
  created_at_ms integer not null, edited_at_ms integer,
  resolved_at_ms integer, resolved_by text,
  removed_at_ms integer,
  check ((x_px is null) = (y_px is null)),
  check ((resolved_at_ms is null) = (resolved_by is null)),
  foreign key (asset_kind, asset_id) references maskdesk_assets (kind, id)
);
create index maskdesk_comments_asset on maskdesk_comments (asset_kind, asset_id, sequence);
create index maskdesk_comments_open on maskdesk_comments (asset_kind, asset_id) where resolved_at_ms is null and removed_at_ms is null;

create table maskdesk_head_moves (
  sequence integer primary key autoincrement,
  ${asset},
  from_revision_id text references maskdesk_revisions (revision_id),
  to_revision_id text not null references maskdesk_revisions (revision_id),
  state_before text not null, reason_before text,
  last_verdict integer not null,
  moved_by text,
  created_at_ms integer not null, undone_at_ms integer,
  foreign key (asset_kind, asset_id) references maskdesk_assets (kind, id)
);
create index maskdesk_head_moves_asset on maskdesk_head_moves (asset_kind, asset_id, sequence);

alter table maskdesk_revisions add column iou_to_parent real;
`;

export const comments = {
  version: 7,
  name: 'comments, chosen heads and overlap with the parent',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
