import { sql, type RawBuilder } from 'kysely';
import type { AssetFilter, VerdictHistory } from '../../../shared/domain/assetQuery.ts';
import { checkFlag } from './checkColumns.ts';
import type { Dialect } from './dialect.ts';

/** A filter as conditions on the columns that every index of the queue carries (migration 0008). */
type Condition = (filter: AssetFilter, dialect: Dialect) => RawBuilder<unknown>;

/** Names of filters that the counts kept by triggers know; by their columns in maskdesk_asset_groups and in maskdesk_assets alike. */
const grouped: { readonly [Name in keyof AssetFilter]?: Condition } = {
  // Values, at most five of them: PostgreSQL plans a list that it can see (a third of the time).
  states: ({ states = [] }) => (states.length === 0 ? sql`1 = 0` : sql`state in (${sql.join(states)})`),
  kind: ({ kind }) => sql`kind = ${kind}`,
  modelId: ({ modelId }) => sql`head_model_id = ${modelId}`,
  reviewer: ({ reviewer }) => sql`reviewer = ${reviewer}`,
  rejectReason: ({ rejectReason }) => sql`(state = 'rejected' and reason = ${rejectReason})`,
  check: ({ check }) => sql`check_flags & ${check === undefined ? 0 : checkFlag(check)} <> 0`,
  hasDraft: ({ hasDraft }) => sql`has_draft = ${hasDraft === true ? 1 : 0}`,
};

/** Subqueries do not refer to the asset: each runs once, whatever the number of assets. */
const others: { readonly [Name in keyof AssetFilter]?: Condition } = {
  productId: ({ productId }) => sql`(kind = 'product_image' and parent_id = ${productId})`,
  videoId: ({ videoId }) => sql`(kind = 'keyframe' and parent_id = ${videoId})`,
  jobId: ({ jobId }) => sql`case kind
    when 'product_image' then parent_id in (select product_id from products where job_id = ${jobId})
    else parent_id in (select video_id from job_videos where job_id = ${jobId}) end`,
  text: ({ text = '' }, dialect) => sql`(${dialect.contains(sql`id`, text)} or case kind
    when 'product_image' then parent_id in (select product_id from products where ${dialect.contains(sql`title`, text)})
    else parent_id in (select video_id from videos where ${dialect.contains(sql`title`, text)}) end)`,
};

/** Verdicts that stand, by when they were given: the last one of an asset that is decided. */
const decidedWithin = (bound: RawBuilder<unknown>): RawBuilder<unknown> => sql`(state in ('approved', 'rejected') and (kind, id) in (
  select given.asset_kind, given.asset_id from maskdesk_verdicts given where given.verdict <> 'undo' and given.taken_back = 0 and given.created_at_ms ${bound}
    and not exists (select 1 from maskdesk_verdicts later where later.asset_kind = given.asset_kind and later.asset_id = given.asset_id
      and later.sequence > given.sequence and later.verdict <> 'undo' and later.taken_back = 0)))`;

const judgedOnce = (verdict: 'reject' | 'reopen'): RawBuilder<unknown> => sql`(
  select asset_kind, asset_id from maskdesk_verdicts where verdict = ${sql.lit(verdict)} and taken_back = 0)`;

/** Few are not a model's: they have an index of their own. */
const madeBy = (origin: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select revision_id from maskdesk_revisions where origin <> 'model' ${origin})`;

const histories: Readonly<Record<VerdictHistory, RawBuilder<unknown>>> = {
  ever_rejected: sql`(kind, id) in ${judgedOnce('reject')}`,
  // SQLite reads the whole list for each asset of a "not in" of two columns.
  never_rejected: sql`not exists (select 1 from maskdesk_verdicts where asset_kind = kind and asset_id = id and verdict = 'reject' and taken_back = 0)`,
  corrected: sql`head_revision_id in ${madeBy(sql`and origin = 'human'`)}`,
  as_made: sql`(head_revision_id is not null and head_revision_id not in ${madeBy(sql``)})`,
  reopened: sql`(kind, id) in ${judgedOnce('reopen')}`,
};

/** What became of an asset, which its row does not tell. Subqueries as above. */
const past: { readonly [Name in keyof AssetFilter]?: Condition } = {
  decidedFromMs: ({ decidedFromMs = 0 }) => decidedWithin(sql`>= ${decidedFromMs}`),
  decidedBeforeMs: ({ decidedBeforeMs = 0 }) => decidedWithin(sql`< ${decidedBeforeMs}`),
  importWaits: ({ importWaits }) =>
    importWaits === true
      ? sql`(kind, id) in (select asset_kind, asset_id from maskdesk_import_waits where decision is null)`
      : sql`not exists (select 1 from maskdesk_import_waits where asset_kind = kind and asset_id = id and decision is null)`,
  history: ({ history }) => (history === undefined ? sql`1 = 1` : histories[history]),
};

const isSet = (filter: AssetFilter, name: keyof AssetFilter): boolean => filter[name] !== undefined && filter[name] !== '';

const namesSet = (filter: AssetFilter): readonly (keyof AssetFilter)[] =>
  ([...Object.keys(grouped), ...Object.keys(others), ...Object.keys(past)] as (keyof AssetFilter)[]).filter((name) => isSet(filter, name));

export const conditionsOf = (dialect: Dialect, filter: AssetFilter): RawBuilder<unknown>[] =>
  namesSet(filter).flatMap((name) => (grouped[name] ?? others[name] ?? past[name])?.(filter, dialect) ?? []);

/** Those of them that the counts kept by triggers know. */
export const keptConditionsOf = (dialect: Dialect, filter: AssetFilter): RawBuilder<unknown>[] =>
  namesSet(filter).flatMap((name) => grouped[name]?.(filter, dialect) ?? []);

/** Whether the counts kept by triggers answer for this filter. */
export const isGrouped = (filter: AssetFilter): boolean => namesSet(filter).every((name) => grouped[name] !== undefined);

/** Whether it looks at the past, which no earlier row of an asset tells: places of such a list can't be moved by what changed. */
export const isOfThePast = (filter: AssetFilter): boolean => namesSet(filter).some((name) => past[name] !== undefined);

/** Whether it looks at columns of ours alone, whose changes we hear of. */
export const isKeptFilter = (filter: AssetFilter): boolean => !isSet(filter, 'jobId') && !isSet(filter, 'text') && !isOfThePast(filter);

/** Whether it leaves one product's or video's assets: so few that they are looked up and sorted. */
export const isOfOneParent = (filter: AssetFilter): boolean => filter.productId !== undefined || filter.videoId !== undefined;

/** Assets by an index, or as the database likes where a filter leaves few: they are looked up and sorted (a million assets, 500 of them: 5 ms instead of 300). */
export const assetsBy = (dialect: Dialect, filter: AssetFilter, index: string): RawBuilder<unknown> => (filter.importWaits === true ? sql.table('maskdesk_assets') : dialect.by('maskdesk_assets', index));

export const whereOf = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
