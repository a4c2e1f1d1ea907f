import { z } from 'zod';

/**
 * How far a job has come, for dashboards: sent by workers that are set to, now and then. Nothing is to be decided by it: it may be missed,
 * repeated or overtaken. Counts are of assets; `expected` is null until the job's batch event came.
 */
export const jobProgress = z.looseObject({
  event_id: z.uuid({ version: 'v4' }),
  job_id: z.string().min(1),
  kind: z.enum(['product_image', 'keyframe']),
  expected: z.int().nonnegative().nullable(),
  stored: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});
export type JobProgress = z.infer<typeof jobProgress>;
