import type { Database } from 'better-sqlite3';

/**
 * Imports of masks as things of their own, so that they can be listed and found again, and the masks of theirs that came in beside a person's work:
 * those that nobody has decided about are few, and their index holds them alone, for the queue's filter.
 */
const imports = `
create table maskdesk_mask_imports (
  sequence integer primary key autoincrement,
  import_id text not null unique,
  imported_by text not null,
  source text not null,
  format text not null,
  masks integer not null,
  created_at_ms integer not null,
  undone_at_ms integer,
  undone_by text
);
create table maskdesk_import_waits (
  revision_id text not null primary key references maskdesk_revisions (revision_id) on delete cascade,
  import_id text not null references maskdesk_mask_imports (import_id),
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  decision text check (decision in ('taken', 'left', 'undone')),
  decided_by text,
  decided_at_ms integer,
  check ((decision is null) = (decided_at_ms is null))
) without rowid;
create index maskdesk_import_waits_open on maskdesk_import_waits (asset_kind, asset_id, revision_id) where decision is null;
create index maskdesk_import_waits_asset on maskdesk_import_waits (asset_kind, asset_id);
create index maskdesk_import_waits_import on maskdesk_import_waits (import_id, decision);
`;

/**
 * Of earlier imports, what their rows and the audit trail tell, which is older than any import: who took them back, and which masks never were
 * current, since they came in beside a person's work.
 */
const earlier = `
insert into maskdesk_mask_imports (import_id, imported_by, source, format, masks, created_at_ms)
select import_id, min(author), coalesce(min(json_extract(import_origin, '$.source')), ''), coalesce(min(json_extract(import_origin, '$.format')), ''), count(*), min(created_at_ms)
from maskdesk_revisions where import_id is not null group by import_id order by min(sequence);
update maskdesk_mask_imports set undone_at_ms = back.at_ms, undone_by = back.who
from (select json_extract(details, '$.undone_import_id') as import_id, at_ms, who, min(sequence) from maskdesk_audit where kind = 'import' group by 1) as back
where back.import_id = maskdesk_mask_imports.import_id;
insert into maskdesk_import_waits (revision_id, import_id, asset_kind, asset_id, decision, decided_by, decided_at_ms)
select r.revision_id, r.import_id, r.asset_kind, r.asset_id, case when i.undone_at_ms is not null then 'undone' end, i.undone_by, i.undone_at_ms
from maskdesk_revisions r join maskdesk_mask_imports i on i.import_id = r.import_id
where r.revision_id not in (select json_extract(details, '$.to_revision_id') from maskdesk_audit where kind = 'head' and json_extract(details, '$.to_revision_id') is not null);
`;

export const importsOfMasks = {
  version: 20,
  name: 'imports of masks, and what waits of them',
  apply: (database: Database): void => {
    database.exec(imports + earlier);
  },
};
