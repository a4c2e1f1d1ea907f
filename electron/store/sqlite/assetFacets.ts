import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import type { AssetFilter, FacetCount, FacetCounts, FacetName } from '../../../shared/domain/assetQuery.ts';
import { checkIds } from '../../../shared/domain/check.ts';
import { present } from '../../../shared/errors/errors.ts';
import { conditionsOf, isGrouped, whereOf } from './assetFilter.ts';
import { checkFlag } from './checkColumns.ts';
import type { Queries } from './connection.ts';

const mostFrequent = 200;

/** The filter's own choice of each facet. */
const ownFilters: Readonly<Record<FacetName, keyof AssetFilter>> = {
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

type Tallies = Readonly<Record<FacetName, Map<string, number>>>;

const add = (tally: Map<string, number>, value: string, total: number): void => {
  if (value !== '') tally.set(value, (tally.get(value) ?? 0) + total);
};

const tally = (groups: Iterable<Alike>): Tallies => {
  const tallies: Tallies = { models: new Map(), reviewers: new Map(), products: new Map(), videos: new Map(), rejectReasons: new Map(), checks: new Map() };
  for (const group of groups) {
    if (group.total === 0) continue;
    add(tallies.models, group.head_model_id, group.total);
    add(tallies.reviewers, group.reviewer, group.total);
    add(tallies.rejectReasons, group.reason, group.total);
    for (const checkId of checkIds) if ((group.check_flags & checkFlag(checkId)) !== 0) add(tallies.checks, checkId, group.total);
  }
  return tallies;
};

/** Counts of products or videos are read in the order of their index, which needs no sorting but that of the most frequent. */
const countParents = async (queries: Queries, kind: AssetKind, filter: AssetFilter): Promise<[string, number][]> => {
  const { rows } = await sql<{ value: string; count: number }>`
    select parent_id as value, count(*) as count from maskdesk_assets indexed by maskdesk_assets_product
    ${whereOf([sql`kind = ${kind}`, sql`parent_id <> ''`, ...conditionsOf(filter)])} group by parent_id order by count desc, parent_id limit ${mostFrequent}`.execute(queries);
  return rows.map(({ value, count }) => [value, count]);
};

/** From the counts that triggers keep. */
const talliesOfGroups = async (queries: Queries, filter: AssetFilter): Promise<Tallies> => {
  const { rows } = await sql<Alike>`
    select head_model_id, reviewer, reason, check_flags, total from maskdesk_asset_groups ${whereOf(conditionsOf(filter))}`.execute(queries);
  const products = new Map(await countParents(queries, 'product_image', filter));
  const videos = new Map(await countParents(queries, 'keyframe', filter));
  return { ...tally(rows), products, videos };
};

const separator = '\u001f';
const tallied = z.array(z.tuple([z.string(), z.number()]));
const tallyOf = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql`maskdesk_tally(${sql.join(parts, sql` || ${sql.lit(separator)} || `)})`;

/** In one pass over the assets (valueTally.ts). Products and videos apart: together there would be a text for nearly each asset. */
const talliesOfAssets = async (queries: Queries, filter: AssetFilter): Promise<Tallies> => {
  const reason = sql`case state when 'rejected' then coalesce(reason, '') else '' end`;
  const { rows } = await sql<{ groups: string; parents: string }>`
    select ${tallyOf([sql`coalesce(head_model_id, '')`, sql`coalesce(reviewer, '')`, reason, sql`check_flags`])} as groups, ${tallyOf([sql`substr(kind, 1, 1)`, sql`parent_id`])} as parents
    from maskdesk_assets indexed by maskdesk_assets_product ${whereOf(conditionsOf(filter))}`.execute(queries);
  const { groups, parents } = present(rows[0], 'a tally');
  const tallies = tally(
    tallied.parse(JSON.parse(groups)).map(([text, total]): Alike => {
      const [model = '', reviewer = '', why = '', flags = ''] = text.split(separator);
      return { head_model_id: model, reviewer, reason: why, check_flags: Number(flags), total };
    }),
  );
  for (const [text, total] of tallied.parse(JSON.parse(parents))) add(text.startsWith('p') ? tallies.products : tallies.videos, text.slice(2), total);
  return tallies;
};

const titlesOf = async (queries: Queries, facet: FacetName, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
  if (facet !== 'products' && facet !== 'videos') return new Map();
  const [table, id] = facet === 'products' ? [sql`products`, sql`product_id`] : [sql`videos`, sql`video_id`];
  const { rows } = await sql<{ id: string; title: string | null }>`
    select ${id} as id, title from ${table} where ${id} in (select value from json_each(${JSON.stringify(ids)}))`.execute(queries);
  return new Map(rows.map((row) => [row.id, row.title]));
};

const inOrder = ([one, oneCount]: [string, number], [other, otherCount]: [string, number]): number => otherCount - oneCount || (one < other ? -1 : 1);

export const facetsOf = async (queries: Queries, filter: AssetFilter): Promise<FacetCounts> => {
  const known = new Map<string, Tallies>();
  const talliesOf = async (rest: AssetFilter): Promise<Tallies> => {
    const key = JSON.stringify(rest);
    const tallies = known.get(key) ?? (await (isGrouped(rest) ? talliesOfGroups : talliesOfAssets)(queries, rest));
    known.set(key, tallies);
    return tallies;
  };
  const facets: Partial<Record<FacetName, readonly FacetCount[]>> = {};
  for (const [name, own] of Object.entries(ownFilters) as [FacetName, keyof AssetFilter][]) {
    const found = [...(await talliesOf(without(filter, own)))[name]].sort(inOrder).slice(0, mostFrequent);
    const titles = await titlesOf(queries, name, found.map(([value]) => value));
    facets[name] = found.map(([value, count]) => ({ value, title: titles.get(value) ?? null, count }));
  }
  return facets as FacetCounts;
};
