import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { asId } from '../../../shared/domain/ids.ts';
import { longestPauseMs, type Dashboard, type DashboardBucket, type DashboardQuery, type DayProgress, type Fared } from '../../../shared/domain/stats.ts';
import type { RejectReason, VerdictKind } from '../../../shared/domain/verdict.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { StatsStore } from '../../../shared/ports/store/statsStore.ts';
import { countAssets } from './assetCounts.ts';
import type { Connection, Queries } from './connection.ts';

export const createStatsStore = (connection: Connection): StatsStore => ({
  today: (sinceMs, reviewer) => connection.read((queries) => today(queries, sinceMs, reviewer)),
  dashboard: (query) => connection.read((queries) => dashboard(queries, query)),
});

/** As the partial indexes by time say it (migration 0008): SQLite uses them only for a condition that it can read. */
const counts = sql`verdict <> 'undo' and taken_back = 0`;
const within = (fromMs: number, toMs: number) => sql`${counts} and created_at_ms >= ${fromMs} and created_at_ms < ${toMs}`;
const byTime = ({ dialect }: Queries): RawBuilder<unknown> => dialect.by('maskdesk_verdicts', 'maskdesk_verdicts_time');
const isJudgement = sql`verdict in ('approve', 'reject')`;

const today = async (queries: Queries, sinceMs: number, reviewer: string): Promise<DayProgress> => {
  const { rows } = await sql<{ approved: number; rejected: number; reopened: number; by_me: number; first: number | null; last: number | null }>`
    select count(*) filter (where verdict = 'approve') as approved, count(*) filter (where verdict = 'reject') as rejected,
      count(*) filter (where verdict = 'reopen') as reopened, count(*) filter (where ${isJudgement} and reviewer = ${reviewer}) as by_me,
      min(created_at_ms) as first, max(created_at_ms) as last
    from ${byTime(queries)} where ${counts} and created_at_ms >= ${sinceMs}`.execute(queries);
  const { approved, rejected, reopened, by_me: byMe, first: firstAtMs, last: lastAtMs } = present(rows[0], 'counts');
  return { approved, rejected, reopened, byMe, firstAtMs, lastAtMs };
};

/** Verdicts of one bucket that are alike. */
interface Alike {
  readonly verdict: VerdictKind;
  readonly reviewer: string;
  readonly model: string | null;
  readonly is_corrected: number;
  readonly reason: RejectReason | null;
  readonly count: number;
}

const separator = '\u001f';
const alikeKey = sql.join([sql`verdict`, sql`reviewer`, sql`coalesce(judged_model_id, '')`, sql`is_corrected`, sql`coalesce(reason, '')`], sql` || ${sql.lit(separator)} || `);

/**
 * A bucket at a time: each is sorted in memory (200,000 verdicts at once: three times as long), by one text (five columns: a fifth longer), and others
 * have their turn between two.
 */
const verdictsIn = async (queries: Queries, fromMs: number, toMs: number): Promise<readonly Alike[]> => {
  const { rows } = await sql<{ key: string; count: number }>`
    select ${alikeKey} as key, count(*) as count
    from ${byTime(queries)} where ${within(fromMs, toMs)} and ${isJudgement} group by 1`.execute(queries);
  return rows.map(({ key, count }) => {
    const [verdict, reviewer = '', model = '', isCorrected, reason = ''] = key.split(separator);
    return {
      verdict: verdict as VerdictKind,
      reviewer,
      model: model === '' ? null : model,
      is_corrected: Number(isCorrected),
      reason: reason === '' ? null : (reason as RejectReason),
      count,
    };
  });
};

const masksMadeIn = async (queries: Queries, fromMs: number, toMs: number): Promise<number> => {
  const { rows } = await sql<{ made: number }>`
    select count(*) as made from maskdesk_revisions where created_at_ms >= ${fromMs} and created_at_ms < ${toMs}`.execute(queries);
  return present(rows[0], 'a count').made;
};

const addTo = (tally: Map<string, number>, key: string, count: number): void => void tally.set(key, (tally.get(key) ?? 0) + count);
const mostFirst = (tally: ReadonlyMap<string, number>): [string, number][] => [...tally].sort(([, one], [, other]) => other - one);
const sumOf = (alike: readonly Alike[], verdict: VerdictKind): number => alike.reduce((sum, each) => (each.verdict === verdict ? sum + each.count : sum), 0);

const bucketOf = (startMs: number, made: number, alike: readonly Alike[]): DashboardBucket => {
  const reviewers = new Map<string, number>();
  for (const { reviewer, count } of alike) addTo(reviewers, reviewer, count);
  const byReviewer = mostFirst(reviewers).map(([reviewer, count]) => ({ reviewer, count }));
  return { startMs, made, approved: sumOf(alike, 'approve'), rejected: sumOf(alike, 'reject'), byReviewer };
};

const byReason = (alike: readonly Alike[]): Dashboard['byReason'] => {
  const reasons = new Map<string, number>();
  for (const { verdict, reason, count } of alike) if (verdict === 'reject' && reason !== null) addTo(reasons, reason, count);
  return mostFirst(reasons).map(([reason, count]) => ({ reason: reason as RejectReason, count }));
};

const byModel = (alike: readonly Alike[]): Dashboard['byModel'] => {
  const models = new Map<string, Fared>();
  for (const { model, verdict, is_corrected: isCorrected, count } of alike) {
    if (model === null) continue;
    const { approved, rejected, corrected } = models.get(model) ?? { approved: 0, rejected: 0, corrected: 0 };
    models.set(model, {
      approved: approved + (verdict === 'approve' ? count : 0),
      rejected: rejected + (verdict === 'reject' ? count : 0),
      corrected: corrected + (isCorrected === 1 ? count : 0),
    });
  }
  return [...models]
    .map(([modelId, fared]) => ({ modelId: asId<Dashboard['byModel'][number]['modelId']>(modelId), ...fared }))
    .sort((one, other) => other.approved + other.rejected - one.approved - one.rejected);
};

const byProduct = async (queries: Queries, fromMs: number, toMs: number): Promise<Dashboard['byProduct']> => {
  const { rows } = await sql<Fared & { product_id: string; title: string | null }>`
    select most.parent_id as product_id, product.title, most.approved, most.rejected, most.corrected from (
      select parent_id, count(*) as total, count(*) filter (where verdict = 'approve') as approved, count(*) filter (where verdict = 'reject') as rejected,
        sum(is_corrected) as corrected
      from ${byTime(queries)}
      where ${within(fromMs, toMs)} and ${isJudgement} and asset_kind = 'product_image' and parent_id <> '' group by parent_id order by total desc, parent_id limit 20) most
    left join products product on product.product_id = most.parent_id order by most.total desc, most.parent_id`.execute(queries);
  return rows.map(({ product_id: productId, ...rest }) => ({ productId: asId(productId), ...rest }));
};

const timesSchema = z.array(z.number());

/** Counts of the pauses between successive times, by tenths of a second: at most 3,000 different ones. */
const countPauses = (timesMs: readonly number[], tally: Map<number, number>): void => {
  for (let at = 1; at < timesMs.length; at++) {
    const pauseMs = present(timesMs[at], 'a time') - present(timesMs[at - 1], 'a time');
    if (pauseMs > longestPauseMs) continue;
    const tenths = Math.floor(pauseMs / 100);
    tally.set(tenths, (tally.get(tenths) ?? 0) + 1);
  }
};

/** A list of times a reviewer, read off the index in its order and subtracted here: SQL's own lag() takes five times as long. Nearest rank. */
const secondsAMask = async (queries: Queries, fromMs: number, toMs: number): Promise<Dashboard['secondsAMask']> => {
  const { rows } = await sql<{ times: string }>`
    select ${queries.dialect.jsonList(sql`created_at_ms - ${fromMs}`)} as times
    from ${queries.dialect.by('maskdesk_verdicts', 'maskdesk_verdicts_pace')} where ${within(fromMs, toMs)} and batch_id is null group by reviewer`.execute(queries);
  const pauses = new Map<number, number>();
  for (const { times } of rows) {
    // In order already, as the index is; an order by in the aggregate would sort all the same, where this looks them through.
    countPauses(timesSchema.parse(JSON.parse(times)).sort((one, other) => one - other), pauses);
    await nextTurn();
  }
  const ranked = [...pauses].sort(([one], [other]) => one - other);
  const total = ranked.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const atRank = (share: number): number => {
    let seen = 0;
    return present(ranked.find(([, count]) => (seen += count) >= share * total), 'a rank')[0] / 10;
  };
  return { median: atRank(0.5), p90: atRank(0.9) };
};

/** Jumps along the index from each hour to the next that has a judgement, so that it takes as long as there are hours, not verdicts. */
const hoursOfWork = async (queries: Queries, fromMs: number, toMs: number): Promise<number> => {
  const firstHour = (startMs: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select min(created_at_ms) / 3600000 from ${byTime(queries)}
    where ${counts} and ${isJudgement} and created_at_ms >= ${startMs} and created_at_ms < ${toMs}`;
  const { rows } = await sql<{ hours: number }>`
    with recursive hours (hour) as (
      ${firstHour(sql`${fromMs}`)} union all select (${firstHour(sql`(hour + 1) * 3600000`)}) from hours where hour is not null)
    select count(hour) as hours from hours`.execute(queries);
  return present(rows[0], 'a count').hours;
};

const dashboard = async (queries: Queries, query: DashboardQuery): Promise<Dashboard> => {
  const { sinceMs, untilMs, bucketMs } = query;
  const buckets: DashboardBucket[] = [];
  const all: Alike[] = [];
  for (let startMs = sinceMs; startMs < untilMs; startMs += bucketMs) {
    const endMs = Math.min(startMs + bucketMs, untilMs);
    const alike = await verdictsIn(queries, startMs, endMs);
    buckets.push(bucketOf(startMs, await masksMadeIn(queries, startMs, endMs), alike));
    all.push(...alike);
    await nextTurn();
  }
  const { to_review: toReview } = await countAssets(queries, {});
  const judged = sumOf(all, 'approve') + sumOf(all, 'reject');
  const perHour = judged === 0 ? null : judged / (await hoursOfWork(queries, sinceMs, untilMs));
  return {
    ...query,
    buckets,
    byReason: byReason(all),
    byModel: byModel(all),
    byProduct: await byProduct(queries, sinceMs, untilMs),
    secondsAMask: await secondsAMask(queries, sinceMs, untilMs),
    backlog: { toReview, perHour, etaMs: perHour === null ? null : (toReview / perHour) * 3_600_000 },
  };
};
