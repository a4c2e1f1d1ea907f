import type { Database } from 'better-sqlite3';

/**
 * Sets and what they held (sql/setStore.ts). An entry names the version and the verdict, whose rows never change (0015), and keeps a copy of what the
 * pipeline may change: path, title, time, job. A snapshot is written with an empty digest and sealed with its own; from then on the database refuses
 * to add to it, to change it, or to remove it.
 */
const sets = `
create table maskdesk_sets (
  sequence integer primary key autoincrement,
  set_id text not null unique,
  name text not null,
  name_key text unique,
  filter text not null check (json_valid(filter)),
  created_by text not null,
  created_at_ms integer not null,
  removed_at_ms integer,
  check ((name_key is null) = (removed_at_ms is not null))
);
create table maskdesk_snapshots (
  sequence integer primary key autoincrement,
  snapshot_id text not null unique,
  set_id text not null references maskdesk_sets (set_id),
  set_name text not null,
  number integer not null check (number >= 1),
  filter text not null check (json_valid(filter)),
  created_by text not null,
  created_at_ms integer not null,
  entry_count integer not null default 0,
  total_area_px integer not null default 0,
  digest text not null default '',
  unique (set_id, number)
);
create table maskdesk_snapshot_entries (
  snapshot integer not null references maskdesk_snapshots (sequence),
  position integer not null,
  revision_sequence integer not null,
  verdict_sequence integer,
  state text not null,
  rejections integer not null,
  local_path text not null,
  parent_id text not null,
  title text,
  timestamp_s real,
  job_id text,
  primary key (snapshot, position)
) without rowid;
create table maskdesk_snapshot_links (
  snapshot integer not null references maskdesk_snapshots (sequence),
  product_id text not null,
  video_id text not null,
  primary key (snapshot, product_id, video_id)
) without rowid;
create table maskdesk_snapshot_photos (
  snapshot integer not null references maskdesk_snapshots (sequence),
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  photo_sha256 text not null,
  primary key (snapshot, asset_kind, asset_id)
) without rowid;
`;

const refuse = (name: string, when: string): string => `
create trigger maskdesk_keep_${name} before ${when} begin select raise(abort, 'A snapshot of a set never changes.'); end;`;

const isSealed = (row: string): string => `exists (select 1 from maskdesk_snapshots s where s.sequence = ${row}.snapshot and s.digest <> '')`;

const immutable = [
  refuse('snapshot_row', `update on maskdesk_snapshots when old.digest <> ''`),
  refuse('snapshot', 'delete on maskdesk_snapshots'),
  ...['entries', 'links'].flatMap((table) => [
    refuse(`snapshot_${table}_added`, `insert on maskdesk_snapshot_${table} when ${isSealed('new')}`),
    refuse(`snapshot_${table}_row`, `update on maskdesk_snapshot_${table}`),
    refuse(`snapshot_${table}`, `delete on maskdesk_snapshot_${table}`),
  ]),
  refuse('snapshot_photos_row', 'update on maskdesk_snapshot_photos'),
  refuse('snapshot_photos', 'delete on maskdesk_snapshot_photos'),
].join('');

/** For filters by what became of an asset (sql/assetFilter.ts); they hold few rows. */
const historyIndexes = `
create index maskdesk_verdicts_rejected on maskdesk_verdicts (asset_kind, asset_id) where verdict = 'reject' and taken_back = 0;
create index maskdesk_verdicts_reopened on maskdesk_verdicts (asset_kind, asset_id) where verdict = 'reopen' and taken_back = 0;
create index maskdesk_revisions_made on maskdesk_revisions (revision_id, origin) where origin <> 'model';
`;

/** Masks of other tools: where they came from, and what was imported together. */
const imported = `
alter table maskdesk_revisions add column import_origin text check (import_origin is null or json_valid(import_origin));
alter table maskdesk_revisions add column import_id text;
create index maskdesk_revisions_import on maskdesk_revisions (import_id, sequence) where import_id is not null;
create trigger maskdesk_keep_revisions_import before update of import_origin, import_id on maskdesk_revisions
  begin select raise(abort, 'What happened is not changed afterwards.'); end;
drop trigger maskdesk_audit_revision;
create trigger maskdesk_audit_revision after insert on maskdesk_revisions begin
  insert into maskdesk_audit (at_ms, who, kind, asset_kind, asset_id, details)
  select new.created_at_ms, new.author, 'revision', new.asset_kind, new.asset_id, case when new.import_id is null
    then json_object('revision_id', new.revision_id, 'origin', new.origin, 'model_id', new.model_id, 'parent_id', new.parent_id, 'mask_sha256', new.mask_sha256)
    else json_object('revision_id', new.revision_id, 'origin', new.origin, 'model_id', new.model_id, 'parent_id', new.parent_id, 'mask_sha256', new.mask_sha256,
      'import_id', new.import_id, 'import_origin', json(new.import_origin)) end;
end;
`;

export const setsAndImports = {
  version: 18,
  name: 'sets of masks, and masks of other tools',
  apply: (database: Database): void => {
    database.exec(sets + immutable + historyIndexes + imported);
  },
};
