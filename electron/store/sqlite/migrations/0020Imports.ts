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

/** Of earlier imports, what their rows tell. One that never was head, though there was a mask before it, came in beside. */
const earlier = `
insert into maskdesk_mask_imports (import_id, imported_by, source, format, masks, created_at_ms)
select import_id, min(author), coalesce(min(json_extract(import_origin, '$.source')), ''), coalesce(min(json_extract(import_origin, '$.format')), ''), count(*), min(created_at_ms)
from maskdesk_revisions where import_id is not null group by import_id order by min(sequence);
insert into maskdesk_import_waits (revision_id, import_id, asset_kind, asset_id)
select r.revision_id, r.import_id, r.asset_kind, r.asset_id from maskdesk_revisions r
where r.import_id is not null and r.replaced_head_id is null
  and exists (select 1 from maskdesk_revisions older where older.asset_kind = r.asset_kind and older.asset_id = r.asset_id and older.sequence < r.sequence)
  and not exists (select 1 from maskdesk_head_moves m where m.asset_kind = r.asset_kind and m.asset_id = r.asset_id and m.to_revision_id = r.revision_id)
  and not exists (select 1 from maskdesk_assets a where a.kind = r.asset_kind and a.id = r.asset_id and a.head_revision_id = r.revision_id);
`;

export const importsOfMasks = {
  version: 20,
  name: 'imports of masks, and what waits of them',
  apply: (database: Database): void => {
    database.exec(imports + earlier);
  },
};
