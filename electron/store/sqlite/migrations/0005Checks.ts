import type { Database } from 'better-sqlite3';

/**
 * Checks of masks: a row a revision, and what the queue needs of the head's in the asset's row. worst_key follows from them, from the state and
 * from the confidence, and is computed by the database: no writer can forget it. Within a state the most suspicious come first; with equal
 * suspicion the model's confidence decides, and it stands in while a mask has not been checked yet. check_flags: bit n for the n-th of
 * shared/domain/check.ts' checkIds, set when that check is not fine.
 */
const sql = `
create table maskdesk_checks (
  revision_id text not null primary key references maskdesk_revisions (revision_id),
  version integer not null,
  results text not null check (json_valid(results)),
  suspicion real not null check (suspicion between 0 and 1)
) without rowid;

drop index maskdesk_assets_worst;
drop index maskdesk_assets_newest;
drop index maskdesk_assets_product;
drop index maskdesk_assets_state;
alter table maskdesk_assets drop column worst_key;
alter table maskdesk_assets add column suspicion real;
alter table maskdesk_assets add column top_check text;
alter table maskdesk_assets add column check_value text;
alter table maskdesk_assets add column check_flags integer not null default 0;
alter table maskdesk_assets add column checks_version integer not null default 0;
alter table maskdesk_assets add column worst_key real generated always as (
  4 * case state when 'failed' then 0 when 'rejected' then 1 when 'to_review' then 2 when 'unsegmented' then 3 else 4 end
  + coalesce(1 - suspicion + 0.000001 * coalesce(confidence, 1), confidence, 2)) virtual;
create index maskdesk_assets_worst on maskdesk_assets (worst_key, kind, id, state, parent_id, head_model_id, check_flags);
create index maskdesk_assets_newest on maskdesk_assets (updated_at_ms, kind, id, state, parent_id, head_model_id, check_flags);
create index maskdesk_assets_product on maskdesk_assets (kind, parent_id, id, state, head_model_id, check_flags);
create index maskdesk_assets_state on maskdesk_assets (state, kind, parent_id, id, head_model_id, check_flags);
create index maskdesk_assets_unchecked on maskdesk_assets (checks_version, worst_key, kind, id, head_revision_id) where head_revision_id is not null;
`;

export const checksOfMasks = {
  version: 5,
  name: 'checks of masks',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
