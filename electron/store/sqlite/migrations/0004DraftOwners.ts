import type { Database } from 'better-sqlite3';

/**
 * A draft belongs to the reviewer who painted it: two of them on one asset keep one each, and one's approval leaves the other's alone. Drafts
 * of before have no known owner and were never in a release; they go.
 */
const sql = `
drop table maskdesk_drafts;
create table maskdesk_drafts (
  kind text not null, asset_id text not null,
  reviewer text not null,
  base_revision_id text,
  width_px integer not null, height_px integer not null,
  mask_rle blob not null,
  saved_at_ms integer not null,
  primary key (kind, asset_id, reviewer),
  foreign key (kind, asset_id) references maskdesk_assets (kind, id)
);
`;

export const draftOwners = {
  version: 4,
  name: 'drafts by reviewer',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
