import type { Database } from 'better-sqlite3';

/**
 * Photos of imports that are taken back. Of a photo that an import added go also masks of other imports that were taken back themselves. What refers to a row that goes is found
 * by an index; the pipeline's matches get one only where their table is ours (told by the indexes that 0001 made with it).
 */
const sql = `
drop trigger maskdesk_keep_revisions;
create trigger maskdesk_keep_revisions before delete on maskdesk_revisions when old.import_id is null or not exists (
  select 1 from maskdesk_import_additions a where a.what = old.asset_kind and a.id = old.asset_id and a.taken_back_at_ms is not null
    and (a.import_id = old.import_id or exists (select 1 from maskdesk_mask_imports i where i.import_id = old.import_id and i.undone_at_ms is not null)))
begin select raise(abort, 'What happened is not removed afterwards.'); end;
create index maskdesk_import_additions_of on maskdesk_import_additions (what, id);
`;

const ofMatches = `
create index if not exists idx_matches_product_id on matches (product_id);
create index if not exists idx_matches_video_id on matches (video_id);
`;

export const takenBack = {
  version: 21,
  name: 'photos of imports that are taken back',
  apply: (database: Database): void => {
    database.exec(sql);
    const isOurs = database.prepare(`select 1 from sqlite_master where type = 'index' and name = 'idx_matches_best_img_id' and tbl_name = 'matches'`).get() !== undefined;
    if (isOurs) database.exec(ofMatches);
  },
};
