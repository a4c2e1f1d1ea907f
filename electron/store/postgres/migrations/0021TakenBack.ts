import type { Migration } from './migration.ts';

/** As SQLite's 0021 describes it; of the pipeline's own tables nothing is changed. */
const sql = `
create or replace function maskdesk.keep_revision() returns trigger language plpgsql as $$ begin
  if old.import_id is not null and exists (select 1 from maskdesk.import_additions a where a.what = old.asset_kind and a.id = old.asset_id and a.taken_back_at_ms is not null
      and (a.import_id = old.import_id or exists (select 1 from maskdesk.mask_imports i where i.import_id = old.import_id and i.undone_at_ms is not null))) then
    return old;
  end if;
  raise exception 'What happened is not removed afterwards.';
end $$;
create index import_additions_of on maskdesk.import_additions (what, id);
`;

export const takenBack: Migration = { version: 21, name: 'photos of imports that are taken back', sql };
