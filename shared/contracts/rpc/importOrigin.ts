import { z } from 'zod';
import type { ImportOrigin } from '../../domain/importOrigin.ts';

/** What a row of the store claims of where a mask came from. */
export const importOriginSchema: z.ZodType<ImportOrigin> = z.object({
  format: z.string(),
  source: z.string(),
  place: z.string(),
  categories: z.array(z.string()),
  instances: z.int().min(0),
  changes: z.array(z.string()),
});
