import type { Migration } from './migration.ts';

/** What a worker has taken from the pipeline's broker; SQLite's 0013 says what is what. */
const sql = `
create table maskdesk.inbox (
  message_id text not null primary key,
  dedup_key text not null unique,
  kind text not null check (kind in ('image', 'imageBatch', 'keyframes', 'keyframeBatch')),
  job_id text not null,
  parent_id text,
  incoming_event_id text,
  event_id text unique,
  correlation_id text not null,
  unknown_fields text not null check (unknown_fields::json is not null),
  state text not null check (state in ('waiting', 'settled', 'dead')),
  dead_reason text,
  accepted_at_ms bigint not null, touched_at_ms bigint not null, settled_at_ms bigint
);
create index inbox_waiting on maskdesk.inbox (touched_at_ms) where state = 'waiting';
create index inbox_job on maskdesk.inbox (job_id, kind) where state = 'waiting';

create table maskdesk.inbox_assets (
  message_id text not null references maskdesk.inbox (message_id),
  position integer not null,
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')), asset_id text not null,
  local_path text not null,
  timestamp_s double precision,
  unknown_fields text not null check (unknown_fields::json is not null),
  state text not null check (state in ('waiting', 'stored', 'failed')),
  wants_proposal integer not null default 0,
  source_sha256 text, publication_id text, mask_path text,
  error_code text, reason text,
  settled_at_ms bigint,
  primary key (message_id, position),
  unique (message_id, asset_id),
  check ((state = 'stored') = (mask_path is not null))
);
create index inbox_assets_publication on maskdesk.inbox_assets (publication_id) where publication_id is not null;

create table maskdesk.batches (
  job_id text not null,
  kind text not null check (kind in ('product_image', 'keyframe')),
  event_id text not null unique,
  unknown_fields text not null check (unknown_fields::json is not null),
  expected integer,
  arrived integer not null default 0, stored integer not null default 0, failed integer not null default 0,
  first_seen_at_ms bigint not null, last_activity_at_ms bigint not null,
  sent_at_ms bigint, sent_total integer, completed_by text,
  is_timed_out integer not null default 0,
  primary key (job_id, kind)
) with (fillfactor = 70);
create index batches_open on maskdesk.batches (last_activity_at_ms) where sent_at_ms is null;
create index batches_sent on maskdesk.batches (sent_at_ms) where sent_at_ms is not null;

create table maskdesk.batch_assets (
  job_id text not null, kind text not null, asset_id text not null,
  state text not null check (state in ('waiting', 'stored', 'failed')),
  primary key (job_id, kind, asset_id)
);
`;

export const intake: Migration = { version: 13, name: 'messages of the pipeline and their batches', sql };
