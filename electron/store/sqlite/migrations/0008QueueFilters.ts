import type { Database } from 'better-sqlite3';

/** What a list can be filtered by: the key of maskdesk_asset_groups, with the SQL of its value of an asset's row. No NULL: keys are compared. */
const groupedBy = (row: string): Readonly<Record<string, string>> => ({
  kind: `${row}kind`,
  state: `${row}state`,
  head_model_id: `coalesce(${row}head_model_id, '')`,
  reviewer: `coalesce(${row}reviewer, '')`,
  reason: `case ${row}state when 'rejected' then coalesce(${row}reason, '') else '' end`,
  has_draft: `${row}has_draft`,
  check_flags: `${row}check_flags`,
});
const key = Object.keys(groupedBy('')).join(', ');
const valuesOf = (row: string): string => Object.values(groupedBy(row)).join(', ');

const count = `insert into maskdesk_asset_groups values (${valuesOf('new.')}, 1) on conflict do update set total = total + 1;`;
const uncount = `update maskdesk_asset_groups set total = total - 1 where (${key}) = (${valuesOf('old.')});`;
const moved = ['state', 'head_model_id', 'reviewer', 'reason', 'has_draft', 'check_flags'].map((column) => `old.${column} is not new.${column}`).join(' or ');

/** As 0005 says it. */
const worstKeyOf = (row: string): string => `
  4 * case ${row}state when 'failed' then 0 when 'rejected' then 1 when 'to_review' then 2 when 'unsegmented' then 3 else 4 end
  + coalesce(1 - ${row}suspicion + 0.000001 * coalesce(${row}confidence, 1), ${row}confidence, 2)`;
const setWorstKey = `update maskdesk_assets set worst_key = ${worstKeyOf('new.')} where kind = new.kind and id = new.id and worst_key <> ${worstKeyOf('new.')};`;

/** What every filter looks at. */
const tail = 'state, parent_id, head_model_id, reviewer, reason, has_draft, check_flags';

/**
 * Filters by reviewer, reason of a rejection and draft. The index of each order carries all that filters look at, so that any page, place or
 * count reads one index and the table never. For that worst_key is a column that triggers keep: a computed one makes SQLite read the table
 * for each entry (100,000: 70 ms, now 7).
 *
 * How many assets there are of each combination is kept by triggers, too: counts and choices of a filter come from some thousand rows
 * instead of a million.
 */
const filters = `
drop index maskdesk_assets_worst;
drop index maskdesk_assets_newest;
drop index maskdesk_assets_product;
drop index maskdesk_assets_state;
drop index maskdesk_assets_unchecked;
alter table maskdesk_assets drop column worst_key;
alter table maskdesk_assets add column worst_key real not null default 14;
alter table maskdesk_assets add column reviewer text;
alter table maskdesk_assets add column has_draft integer not null default 0;
update maskdesk_assets set worst_key = ${worstKeyOf('')};
update maskdesk_assets set reviewer = (
  select given.reviewer from maskdesk_verdicts given
  where given.asset_kind = maskdesk_assets.kind and given.asset_id = maskdesk_assets.id and given.verdict <> 'undo'
    and not exists (select 1 from maskdesk_verdicts undo where undo.undoes_verdict_id = given.verdict_id)
  order by given.sequence desc limit 1) where state in ('approved', 'rejected');
update maskdesk_assets set has_draft = 1 where exists (
  select 1 from maskdesk_drafts draft where draft.kind = maskdesk_assets.kind and draft.asset_id = maskdesk_assets.id);

create index maskdesk_assets_worst on maskdesk_assets (worst_key, kind, id, ${tail});
create index maskdesk_assets_newest on maskdesk_assets (updated_at_ms, kind, id, ${tail});
create index maskdesk_assets_product on maskdesk_assets (kind, parent_id, id, state, head_model_id, reviewer, reason, has_draft, check_flags);
create index maskdesk_assets_unchecked on maskdesk_assets (checks_version, worst_key, kind, id, head_revision_id) where head_revision_id is not null;

create trigger maskdesk_assets_ranked after insert on maskdesk_assets begin ${setWorstKey} end;
create trigger maskdesk_assets_reranked after update of state, suspicion, confidence on maskdesk_assets begin ${setWorstKey} end;

create trigger maskdesk_drafts_made after insert on maskdesk_drafts begin
  update maskdesk_assets set has_draft = 1 where kind = new.kind and id = new.asset_id and has_draft = 0;
end;
create trigger maskdesk_drafts_dropped after delete on maskdesk_drafts begin
  update maskdesk_assets set has_draft = 0 where kind = old.kind and id = old.asset_id
    and not exists (select 1 from maskdesk_drafts draft where draft.kind = old.kind and draft.asset_id = old.asset_id);
end;

create table maskdesk_asset_groups (
  kind text not null, state text not null, head_model_id text not null, reviewer text not null, reason text not null,
  has_draft integer not null, check_flags integer not null, total integer not null, primary key (${key})) without rowid;
insert into maskdesk_asset_groups select ${valuesOf('')}, count(*) from maskdesk_assets group by ${valuesOf('')};
create trigger maskdesk_assets_counted after insert on maskdesk_assets begin ${count} end;
create trigger maskdesk_assets_uncounted after delete on maskdesk_assets begin ${uncount} end;
create trigger maskdesk_assets_recounted after update on maskdesk_assets when ${moved} begin ${uncount} ${count} end;
`;

/**
 * Verdicts, tasks and model results know the batch that they were given in, so that a batch can be undone as one. Verdicts know besides what
 * statistics ask of them: whether they were taken back, whose model's mask they judge, whether a person had corrected it, and of which
 * product or video it is. The indexes by time hold just the verdicts that count.
 */
const batchesAndStatistics = `
alter table maskdesk_verdicts add column batch_id text;
alter table maskdesk_verdicts add column taken_back integer not null default 0;
alter table maskdesk_verdicts add column judged_model_id text;
alter table maskdesk_verdicts add column is_corrected integer not null default 0;
alter table maskdesk_verdicts add column parent_id text;
update maskdesk_verdicts set
  taken_back = exists (select 1 from maskdesk_verdicts undo where undo.undoes_verdict_id = maskdesk_verdicts.verdict_id),
  is_corrected = verdict = 'approve' and exists (select 1 from maskdesk_revisions judged where judged.revision_id = maskdesk_verdicts.revision_id and judged.origin = 'human'),
  parent_id = (select asset.parent_id from maskdesk_assets asset where asset.kind = asset_kind and asset.id = asset_id),
  judged_model_id = (
    with recursive line (model_id, parent_id, step) as (
      select model_id, parent_id, 0 from maskdesk_revisions where revision_id = maskdesk_verdicts.revision_id
      union all select older.model_id, older.parent_id, step + 1 from maskdesk_revisions older join line on older.revision_id = line.parent_id where line.model_id is null)
    select model_id from line where model_id is not null order by step limit 1);
create trigger maskdesk_verdicts_taken_back after insert on maskdesk_verdicts when new.verdict = 'undo' begin
  update maskdesk_verdicts set taken_back = 1 where verdict_id = new.undoes_verdict_id;
end;
create index maskdesk_verdicts_batch on maskdesk_verdicts (batch_id, sequence) where batch_id is not null;
create index maskdesk_verdicts_time on maskdesk_verdicts (created_at_ms, verdict, reviewer, judged_model_id, is_corrected, reason, asset_kind, parent_id)
  where verdict <> 'undo' and taken_back = 0;
create index maskdesk_verdicts_pace on maskdesk_verdicts (reviewer, created_at_ms) where verdict <> 'undo' and taken_back = 0 and batch_id is null;

alter table maskdesk_jobs add column batch_id text;
create index maskdesk_jobs_rerun on maskdesk_jobs (batch_id, sequence) where batch_id is not null;
alter table maskdesk_revisions add column batch_id text;
alter table maskdesk_revisions add column replaced_head_id text;
create index maskdesk_revisions_batch on maskdesk_revisions (batch_id, sequence) where batch_id is not null;
create index maskdesk_revisions_time on maskdesk_revisions (created_at_ms);
`;

export const queueFilters = {
  version: 8,
  name: 'filters and counts of the queue, batches, statistics',
  apply: (database: Database): void => {
    database.exec(filters);
    database.exec(batchesAndStatistics);
  },
};
