import { sql, type RawBuilder } from 'kysely';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import type { AssetFilter, FacetCount, FacetCounts, FacetName } from '../../../shared/domain/assetQuery.ts';
import { checkIds } from '../../../shared/domain/check.ts';
import { assetsBy, conditionsOf, isGrouped, whereOf } from './assetFilter.ts';
import { checkFlag } from './checkColumns.ts';
import type { Queries } from './connection.ts';

const mostFrequent = 200;

/** All but the one that has a single value. */
type TalliedFacet = Exclude<FacetName, 'importWaits'>;

/** The filter's own choice of each facet. */
const ownFilters: Readonly<Record<TalliedFacet, keyof AssetFilter>> = {
  models: 'modelId',
  reviewers: 'reviewer',
  products: 'productId',
  videos: 'videoId',
  rejectReasons: 'rejectReason',
  checks: 'check',
};

const without = (filter: AssetFilter, name: keyof AssetFilter): AssetFilter => {
  const { [name]: _left, ...rest } = filter;
  return rest;
};

/** Some assets that are alike; texts are empty where there is none. */
interface Alike {
  readonly head_model_id: string;
  readonly reviewer: string;
  /** Of a rejection. */
  readonly reason: string;
  readonly check_flags: number;
  readonly total: number;
}

type Tallies = Readonly<Record<TalliedFacet, Map<string, number>>>;

const add = (counts: Map<string, number>, value: string, total: number): void => {
  if (value !== '') counts.set(value, (counts.get(value) ?? 0) + total);
};

const tally = (groups: readonly Alike[]): Omit<Tallies, 'products' | 'videos'> => {
  const tallies = { models: new Map<string, number>(), reviewers: new Map<string, number>(), rejectReasons: new Map<string, number>(), checks: new Map<string, number>() };
  for (const group of groups) {
    add(tallies.models, group.head_model_id, group.total);
    add(tallies.reviewers, group.reviewer, group.total);
    add(tallies.rejectReasons, group.reason, group.total);
    for (const checkId of checkIds) if ((group.check_flags & checkFlag(checkId)) !== 0) add(tallies.checks, checkId, group.total);
  }
  for (const counts of Object.values(tallies)) for (const [value, total] of counts) if (total === 0) counts.delete(value);
  return tallies;
};

const byProduct = ({ dialect }: Queries, filter: AssetFilter): RawBuilder<unknown> => assetsBy(dialect, filter, 'maskdesk_assets_product');

type Parents = Pick<Tallies, 'products' | 'videos'>;

/** Read in the order of their index, which needs no sorting but that of the most frequent. */
const countParents = async (queries: Queries, filter: AssetFilter): Promise<Parents> => {
  const { rows } = await sql<{ kind: AssetKind; value: string; count: number }>`
    with counted as materialized (
      select kind, parent_id as value, count(*) as count from ${byProduct(queries, filter)}
      ${whereOf([sql`parent_id <> ''`, ...conditionsOf(queries.dialect, filter)])} group by kind, parent_id),
    ranked as (select *, row_number() over (partition by kind order by count desc, value) as place from counted)
    select kind, value, count from ranked where place <= ${mostFrequent}`.execute(queries);
  const of = (kind: AssetKind): Map<string, number> => new Map(rows.flatMap((row) => (row.kind === kind ? [[row.value, row.count]] : [])));
  return { products: of('product_image'), videos: of('keyframe') };
};

/** From the counts that triggers keep. */
const groupsKept = async (queries: Queries, filter: AssetFilter): Promise<readonly Alike[]> => {
  const { rows } = await sql<Alike>`
    select head_model_id, reviewer, reason, check_flags, total from maskdesk_asset_groups ${whereOf(conditionsOf(queries.dialect, filter))}`.execute(queries);
  return rows;
};

const separator = '\u001f';
const oneText = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(parts, sql` || ${sql.lit(separator)} || `);
const groupText = oneText([sql`coalesce(head_model_id, '')`, sql`coalesce(reviewer, '')`, sql`case state when 'rejected' then coalesce(reason, '') else '' end`, sql`check_flags`]);
const parentText = oneText([sql`substr(kind, 1, 1)`, sql`parent_id`]);

/** In one pass over the assets. Products and videos apart: together there would be a text for nearly each asset. */
const countAlike = async (queries: Queries, from: RawBuilder<unknown>, conditions: readonly RawBuilder<unknown>[], withParents: boolean): Promise<{ readonly groups: readonly Alike[]; readonly parents: Parents }> => {
  const texts = withParents ? [groupText, parentText] : [groupText];
  const [groups = [], parents = []] = await queries.dialect.tallies(queries, texts, sql`${from} ${whereOf(conditions)}`);
  const counts: Parents = { products: new Map(), videos: new Map() };
  for (const [text, total] of parents) add(text.startsWith('p') ? counts.products : counts.videos, text.slice(2), total);
  const alike = groups.map(([text, total]): Alike => {
    const [model = '', reviewer = '', why = '', flags = ''] = text.split(separator);
    return { head_model_id: model, reviewer, reason: why, check_flags: Number(flags), total };
  });
  return { groups: alike, parents: counts };
};

const sampled = 500;

/** Whether most assets have a text, as far as the queue's first ones tell: it decides how they are counted, not what comes out. */
const isInMost = async (queries: Queries, text: string): Promise<boolean> => {
  const { rows } = await sql<{ share: number | null }>`
    select avg(has) as share from (
      select case when ${sql.join(conditionsOf(queries.dialect, { text }))} then 1.0 else 0.0 end as has
      from ${queries.dialect.by('maskdesk_assets', 'maskdesk_assets_worst')} order by worst_key, kind, id limit ${sampled}) as sample`.execute(queries);
  return (rows[0]?.share ?? 0) > 0.5;
};

/** Those that lack the text are fewer: they are counted and taken off the counts that are kept (100,000 with an "e": 45 ms instead of 75). */
const talliesOfFrequentText = async (queries: Queries, filter: AssetFilter): Promise<Tallies> => {
  const others = without(filter, 'text');
  const lacks = conditionsOf(queries.dialect, { text: filter.text ?? '' }).map((has) => sql`(${has}) is not true`);
  const { groups: lacking } = await countAlike(queries, byProduct(queries, others), [...conditionsOf(queries.dialect, others), ...lacks], false);
  const kept = await groupsKept(queries, others);
  return { ...tally([...kept, ...lacking.map((group) => ({ ...group, total: -group.total }))]), ...(await countParents(queries, filter)) };
};

const talliesFor = async (queries: Queries, filter: AssetFilter): Promise<Tallies> => {
  if (isGrouped(filter)) return { ...tally(await groupsKept(queries, filter)), ...(await countParents(queries, filter)) };
  if (isGrouped(without(filter, 'text')) && (await isInMost(queries, filter.text ?? ''))) return talliesOfFrequentText(queries, filter);
  const { groups, parents } = await countAlike(queries, byProduct(queries, filter), conditionsOf(queries.dialect, filter), true);
  return { ...tally(groups), ...parents };
};

const titlesOf = async (queries: Queries, facet: TalliedFacet, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
  if (facet !== 'products' && facet !== 'videos') return new Map();
  const [table, id] = facet === 'products' ? [sql`products`, sql`product_id`] : [sql`videos`, sql`video_id`];
  const { rows } = await sql<{ id: string; title: string | null }>`
    select ${id} as id, title from ${table} where ${id} in ${queries.dialect.texts(ids)}`.execute(queries);
  return new Map(rows.map((row) => [row.id, row.title]));
};

const inOrder = ([one, oneCount]: [string, number], [other, otherCount]: [string, number]): number => otherCount - oneCount || (one < other ? -1 : 1);

const countWaits = async (queries: Queries, filter: AssetFilter): Promise<readonly FacetCount[]> => {
  const waiting: AssetFilter = { ...filter, importWaits: true };
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${byProduct(queries, waiting)} ${whereOf(conditionsOf(queries.dialect, waiting))}`.execute(queries);
  const count = Number(rows[0]?.count ?? 0);
  return count === 0 ? [] : [{ value: 'true', title: null, count }];
};

export const facetsOf = async (queries: Queries, filter: AssetFilter): Promise<FacetCounts> => {
  const known = new Map<string, Tallies>();
  const talliesOf = async (rest: AssetFilter): Promise<Tallies> => {
    const key = JSON.stringify(rest);
    const tallies = known.get(key) ?? (await talliesFor(queries, rest));
    known.set(key, tallies);
    return tallies;
  };
  const facets: Partial<Record<FacetName, readonly FacetCount[]>> = {};
  for (const [name, own] of Object.entries(ownFilters) as [TalliedFacet, keyof AssetFilter][]) {
    const found = [...(await talliesOf(without(filter, own)))[name]].sort(inOrder).slice(0, mostFrequent);
    const titles = await titlesOf(queries, name, found.map(([value]) => value));
    facets[name] = found.map(([value, count]) => ({ value, title: titles.get(value) ?? null, count }));
  }
  facets.importWaits = await countWaits(queries, filter);
  return facets as FacetCounts;
};
