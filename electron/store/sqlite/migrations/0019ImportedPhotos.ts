import type { Database } from 'better-sqlite3';

/**
 * Photos that came in with masks of other tools (sql/importedPhotos.ts). Begun: files of that import may lie about that no row names yet; the
 * transaction that adds its rows ends it. Additions: what the import made that was not there, so that undoing it takes back that and nothing else. What
 * happened is still not removed, but for versions of photos that are taken back themselves; the audit trail keeps telling of them.
 */
const sql = `
create table maskdesk_begun_imports (
  import_id text not null primary key,
  expires_at_ms integer not null,
  is_abandoned integer not null default 0
) without rowid;
create table maskdesk_import_additions (
  import_id text not null,
  what text not null check (what in ('product_image', 'keyframe', 'product', 'video', 'job_video', 'job')),
  id text not null,
  parent_id text not null default '',
  taken_back_at_ms integer,
  primary key (import_id, what, id, parent_id)
) without rowid;
drop trigger maskdesk_keep_revisions;
create trigger maskdesk_keep_revisions before delete on maskdesk_revisions when not exists (
  select 1 from maskdesk_import_additions a where a.import_id = old.import_id and a.what = old.asset_kind and a.id = old.asset_id and a.taken_back_at_ms is not null)
begin select raise(abort, 'What happened is not removed afterwards.'); end;
`;

export const importedPhotos = {
  version: 19,
  name: 'photos that came in with masks of other tools',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
