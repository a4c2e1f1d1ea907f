import type { Migration } from './migration.ts';

/** Photos that came in with masks of other tools, as SQLite's 0019 describes it; other desks hear of those that are taken back. */
const sql = `
create table maskdesk.begun_imports (
  import_id text not null primary key,
  expires_at_ms bigint not null,
  is_abandoned integer not null default 0
);
create table maskdesk.import_additions (
  import_id text not null,
  what text not null check (what in ('product_image', 'keyframe', 'product', 'video', 'job_video', 'job')),
  id text not null,
  parent_id text not null default '',
  taken_back_at_ms bigint,
  primary key (import_id, what, id, parent_id)
);
create function maskdesk.keep_revision() returns trigger language plpgsql as $$ begin
  if exists (select 1 from maskdesk.import_additions a
    where a.import_id = old.import_id and a.what = old.asset_kind and a.id = old.asset_id and a.taken_back_at_ms is not null) then
    return old;
  end if;
  raise exception 'What happened is not removed afterwards.';
end $$;
drop trigger keep_revisions on maskdesk.revisions;
create trigger keep_revisions before delete on maskdesk.revisions for each row execute function maskdesk.keep_revision();
create trigger assets_tell_removed after delete on maskdesk.assets referencing old table as changed for each statement execute function maskdesk.tell_assets();
`;

export const importedPhotos: Migration = { version: 19, name: 'photos that came in with masks of other tools', sql };
