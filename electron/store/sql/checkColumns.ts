import { z } from 'zod';
import { checkIds, checkLevels, topResult, type CheckId, type CheckResult, type MaskChecks } from '../../../shared/domain/check.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Queries } from './connection.ts';
import type { Schema } from './schema.ts';

/** The bit of asset rows' check_flags that stands for a check. */
export const checkFlag = (checkId: CheckId): number => 1 << checkIds.indexOf(checkId);

const flagsOf = (results: readonly CheckResult[]): number =>
  results.reduce((flags, { checkId, level }) => (level === 'fine' ? flags : flags | checkFlag(checkId)), 0);

const resultsSchema = z.array(
  z.strictObject({
    checkId: z.enum(checkIds),
    level: z.enum(checkLevels),
    severity: z.number(),
    value: z.string(),
    sentence: z.string(),
    placeImagePx: z.strictObject({ xPx: z.number(), yPx: z.number(), widthPx: z.number(), heightPx: z.number() }).nullable(),
  }),
);

export const readChecks = async (queries: Queries, revisionId: string): Promise<MaskChecks | null> => {
  const row = await queries.selectFrom('maskdesk_checks').selectAll().where('revision_id', '=', revisionId).executeTakeFirst();
  if (row === undefined) return null;
  return { revisionId: asId(row.revision_id), version: row.version, results: resultsSchema.parse(JSON.parse(row.results)), suspicion: row.suspicion };
};

type CheckColumns = Pick<Schema['maskdesk_assets'], 'suspicion' | 'top_check' | 'check_value'> & { check_flags: number; checks_version: number };

export const columnsOf = (checks: MaskChecks | null): CheckColumns => {
  const top = topResult(checks?.results ?? []);
  return {
    suspicion: checks?.suspicion ?? null,
    top_check: top?.checkId ?? null,
    check_value: top?.value ?? null,
    check_flags: flagsOf(checks?.results ?? []),
    checks_version: checks?.version ?? 0,
  };
};

/** What an asset's row says of its head's checks. */
export const checkColumns = async (queries: Queries, headRevisionId: string): Promise<CheckColumns> =>
  columnsOf(await readChecks(queries, headRevisionId));
