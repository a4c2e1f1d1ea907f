import type { Database } from 'better-sqlite3';

/**
 * What a worker has taken from the pipeline's broker (contracts.md B). maskdesk_inbox has a row a message, whose answer's event_id is fixed there
 * and then; maskdesk_inbox_assets one a picture in it; maskdesk_batches one a job and kind, with what its batch event is to say. A
 * picture that several messages name counts once in its batch: maskdesk_batch_assets.
 */
const sql = `
create table maskdesk_inbox (
  message_id text not null primary key,
  dedup_key text not null unique,
  kind text not null check (kind in ('image', 'imageBatch', 'keyframes', 'keyframeBatch')),
  job_id text not null,
  parent_id text,
  incoming_event_id text,
  event_id text unique,
  correlation_id text not null,
  unknown_fields text not null check (json_valid(unknown_fields)),
  state text not null check (state in ('waiting', 'settled', 'dead')),
  dead_reason text,
  accepted_at_ms integer not null, touched_at_ms integer not null, settled_at_ms integer
) without rowid;
create index maskdesk_inbox_waiting on maskdesk_inbox (touched_at_ms) where state = 'waiting';
create index maskdesk_inbox_job on maskdesk_inbox (job_id, kind) where state = 'waiting';

create table maskdesk_inbox_assets (
  message_id text not null references maskdesk_inbox (message_id),
  position integer not null,
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')), asset_id text not null,
  local_path text not null,
  timestamp_s real,
  unknown_fields text not null check (json_valid(unknown_fields)),
  state text not null check (state in ('waiting', 'stored', 'failed')),
  wants_proposal integer not null default 0,
  source_sha256 text, publication_id text, mask_path text,
  error_code text, reason text,
  settled_at_ms integer,
  primary key (message_id, position),
  unique (message_id, asset_id),
  check ((state = 'stored') = (mask_path is not null))
) without rowid;
create index maskdesk_inbox_assets_publication on maskdesk_inbox_assets (publication_id) where publication_id is not null;

create table maskdesk_batches (
  job_id text not null,
  kind text not null check (kind in ('product_image', 'keyframe')),
  event_id text not null unique,
  unknown_fields text not null check (json_valid(unknown_fields)),
  expected integer,
  arrived integer not null default 0, stored integer not null default 0, failed integer not null default 0,
  first_seen_at_ms integer not null, last_activity_at_ms integer not null,
  sent_at_ms integer, sent_total integer, completed_by text,
  is_timed_out integer not null default 0,
  primary key (job_id, kind)
) without rowid;
create index maskdesk_batches_open on maskdesk_batches (last_activity_at_ms) where sent_at_ms is null;
create index maskdesk_batches_sent on maskdesk_batches (sent_at_ms) where sent_at_ms is not null;

create table maskdesk_batch_assets (
  job_id text not null, kind text not null, asset_id text not null,
  state text not null check (state in ('waiting', 'stored', 'failed')),
  primary key (job_id, kind, asset_id)
) without rowid;
`;

export const intake = {
  version: 13,
  name: 'messages of the pipeline and their batches',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
