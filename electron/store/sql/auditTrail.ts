import { z } from 'zod';
import type { AuditRecord, AuditSpan, AuditTrailKind, NewAuditRecord } from '../../../shared/domain/auditTrail.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Queries } from './connection.ts';

/** Most entries are made by triggers (migration 0015); these are those that no row tells of. */
export const addToTrail = async (queries: Queries, record: Omit<NewAuditRecord, 'kind'> & { readonly kind: AuditTrailKind }, atMs: number): Promise<void> => {
  const { who, kind, asset, details } = record;
  await queries
    .insertInto('maskdesk_audit')
    .values({ at_ms: atMs, who, kind, asset_kind: asset?.kind ?? null, asset_id: asset?.id ?? null, details: JSON.stringify(details) })
    .execute();
};

const within = (queries: Queries, { sinceMs, untilMs }: AuditSpan) => {
  let query = queries.selectFrom('maskdesk_audit');
  if (sinceMs !== null) query = query.where('at_ms', '>=', sinceMs);
  if (untilMs !== null) query = query.where('at_ms', '<', untilMs);
  return query;
};

export const countTrail = async (queries: Queries, span: AuditSpan): Promise<number> => {
  const { total } = await within(queries, span)
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
};

const detailsSchema = z.record(z.string(), z.unknown());

export const pageOfTrail = async (queries: Queries, span: AuditSpan, after: Pick<AuditRecord, 'atMs' | 'sequence'> | null, limit: number): Promise<readonly AuditRecord[]> => {
  let query = within(queries, span).selectAll().orderBy('at_ms').orderBy('sequence').limit(limit);
  if (after !== null) {
    query = query.where((row) => row.or([row('at_ms', '>', after.atMs), row.and([row('at_ms', '=', after.atMs), row('sequence', '>', after.sequence)])]));
  }
  return (await query.execute()).map((row) => ({
    sequence: row.sequence,
    atMs: row.at_ms,
    who: row.who,
    kind: row.kind,
    asset: row.asset_kind === null || row.asset_id === null ? null : { kind: row.asset_kind, id: asId(row.asset_id) },
    details: detailsSchema.parse(JSON.parse(row.details)),
  }));
};
