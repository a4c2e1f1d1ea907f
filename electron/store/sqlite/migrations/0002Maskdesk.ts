import type { Database } from 'better-sqlite3';

const assetKind = `text not null check (asset_kind in ('product_image', 'keyframe'))`;

/**
 * Maskdesk's own tables. maskdesk_assets is the queue: a row an asset, with every column that a filter or a sort needs, so that a page
 * and the counts are read from one index each (100,000 assets: see the indexes' tails). Its worst_key is checked here, since four places
 * write states. maskdesk_jobs are background tasks; the pipeline's jobs are another thing.
 */
const sql = `
create table maskdesk_assets (
  kind text not null check (kind in ('product_image', 'keyframe')),
  id text not null,
  parent_id text not null,
  state text not null check (state in ('unsegmented', 'failed', 'to_review', 'rejected', 'approved')),
  width_px integer, height_px integer,
  source_sha256 text,
  head_revision_id text references maskdesk_revisions (revision_id),
  head_model_id text, head_area_share real, confidence real,
  worst_key real not null check (worst_key = coalesce(confidence, 2) + 4 *
    case state when 'failed' then 0 when 'rejected' then 1 when 'to_review' then 2 when 'unsegmented' then 3 else 4 end),
  reason text,
  updated_at_ms integer not null,
  primary key (kind, id)
) without rowid;
create index maskdesk_assets_worst on maskdesk_assets (worst_key, kind, id, state, parent_id, head_model_id);
create index maskdesk_assets_newest on maskdesk_assets (updated_at_ms, kind, id, state, parent_id, head_model_id);
create index maskdesk_assets_product on maskdesk_assets (kind, parent_id, id, state, head_model_id);
create index maskdesk_assets_state on maskdesk_assets (state, kind, parent_id, id, head_model_id);
create index maskdesk_assets_id on maskdesk_assets (id);

create table maskdesk_revisions (
  sequence integer primary key autoincrement,
  revision_id text not null unique,
  asset_kind ${assetKind}, asset_id text not null,
  parent_id text references maskdesk_revisions (revision_id),
  mask_sha256 text not null, matte_sha256 text,
  width_px integer not null, height_px integer not null, area_px integer not null,
  origin text not null check (origin in ('model', 'human', 'import')),
  author text not null,
  model_id text, weights_sha256 text, threshold real, execution_provider text, inference_ms real, confidence real,
  created_at_ms integer not null,
  foreign key (asset_kind, asset_id) references maskdesk_assets (kind, id) deferrable initially deferred
);
create index maskdesk_revisions_asset on maskdesk_revisions (asset_kind, asset_id, sequence);

create table maskdesk_verdicts (
  sequence integer primary key autoincrement,
  verdict_id text not null unique,
  asset_kind ${assetKind}, asset_id text not null,
  revision_id text references maskdesk_revisions (revision_id),
  verdict text not null check (verdict in ('approve', 'reject', 'reopen', 'undo')),
  reason text, note text,
  reviewer text not null,
  undoes_verdict_id text unique references maskdesk_verdicts (verdict_id),
  head_after text, publication_id text,
  created_at_ms integer not null,
  foreign key (asset_kind, asset_id) references maskdesk_assets (kind, id)
);
create index maskdesk_verdicts_asset on maskdesk_verdicts (asset_kind, asset_id, sequence);
create index maskdesk_verdicts_reviewer on maskdesk_verdicts (reviewer, sequence);

create table maskdesk_publications (
  sequence integer primary key autoincrement,
  publication_id text not null unique,
  asset_kind ${assetKind}, asset_id text not null,
  revision_id text references maskdesk_revisions (revision_id),
  mask_sha256 text,
  stable_path text not null,
  rank text not null check (rank in ('model', 'human')),
  events text not null check (json_valid(events)),
  state text not null check (state in ('pending', 'published', 'superseded')),
  attempts integer not null default 0, last_error text,
  created_at_ms integer not null, finished_at_ms integer,
  check ((revision_id is null) = (mask_sha256 is null)),
  foreign key (asset_kind, asset_id) references maskdesk_assets (kind, id)
);
create index maskdesk_publications_pending on maskdesk_publications (sequence) where state = 'pending';
create index maskdesk_publications_asset on maskdesk_publications (asset_kind, asset_id, state, sequence);

create table maskdesk_outbox (
  sequence integer primary key autoincrement,
  event_id text not null unique,
  topic text not null,
  payload text not null check (json_valid(payload)),
  correlation_id text not null,
  created_at_ms integer not null, sent_at_ms integer
);
create index maskdesk_outbox_unsent on maskdesk_outbox (sequence) where sent_at_ms is null;

create table maskdesk_leases (resource text not null primary key, owner text not null, expires_at_ms integer not null) without rowid;
create table maskdesk_settings (key text not null primary key, value text not null check (json_valid(value))) without rowid;

create table maskdesk_jobs (
  sequence integer primary key autoincrement,
  task_id text not null unique,
  asset_kind ${assetKind}, asset_id text not null,
  parameters text not null check (json_valid(parameters)),
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  priority integer not null default 0,
  owner text, reason text,
  created_at_ms integer not null, finished_at_ms integer,
  foreign key (asset_kind, asset_id) references maskdesk_assets (kind, id)
);
create index maskdesk_jobs_queue on maskdesk_jobs (state, priority desc, sequence);
create index maskdesk_jobs_unfinished on maskdesk_jobs (asset_kind, asset_id, parameters) where state in ('queued', 'running');

create table maskdesk_drafts (
  kind text not null, asset_id text not null,
  base_revision_id text,
  width_px integer not null, height_px integer not null,
  mask_rle blob not null,
  saved_at_ms integer not null,
  primary key (kind, asset_id),
  foreign key (kind, asset_id) references maskdesk_assets (kind, id)
);
`;

export const maskdeskTables = {
  version: 2,
  name: 'maskdesk tables',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
