import { oc } from '@orpc/contract';
import { z } from 'zod';
import { mostBuckets, type Dashboard, type DayProgress } from '../../domain/stats.ts';
import { output } from './types.ts';

const momentMs = z.number().min(0);

export const statsContract = {
  /** @param sinceMs midnight where the person is */
  today: oc.input(z.object({ sinceMs: momentMs })).output(output<DayProgress>()),
  dashboard: oc
    .input(
      z
        .object({ sinceMs: momentMs, untilMs: momentMs, bucketMs: z.number().min(60_000) })
        .refine(({ sinceMs, untilMs }) => untilMs > sinceMs, 'It ends before it begins.')
        .refine(({ sinceMs, untilMs, bucketMs }) => (untilMs - sinceMs) / bucketMs <= mostBuckets, `More than ${mostBuckets} buckets.`),
    )
    .output(output<Dashboard>()),
};
