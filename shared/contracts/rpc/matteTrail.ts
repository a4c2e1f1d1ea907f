import { z } from 'zod';
import type { MatteTrailRecord } from '../../domain/matteTrailRecord.ts';
import { sha256Schema } from './types.ts';

/** More soft edges than anybody makes of one mask; keeps a draft's address short. */
export const maxKeptMattes = 24;

/** What a page or a row of the store claims to be a {@link MatteTrailRecord}. */
export const matteTrailSchema: z.ZodType<MatteTrailRecord> = z.object({
  applied: z.int().min(0),
  mattes: z.array(z.object({ step: z.int().min(-1), matteSha256: sha256Schema, madeSha256: sha256Schema })).max(maxKeptMattes),
});

/** For an address or a header. */
export const encodeMatteTrail = (record: MatteTrailRecord): string => encodeURIComponent(JSON.stringify(record));

/** Null for anything that is not a record. Never throws. @param text from {@link encodeMatteTrail} */
export const decodeMatteTrail = (text: string): MatteTrailRecord | null => {
  try {
    return matteTrailSchema.safeParse(JSON.parse(decodeURIComponent(text))).data ?? null;
  } catch {
    return null;
  }
};
