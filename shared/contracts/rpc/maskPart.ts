import { z } from 'zod';
import { partOperations, partRoles, type MaskPart } from '../../domain/maskPart.ts';
import { modelIdSchema, sha256Schema } from './types.ts';

/** What a row of the store claims to be the parts of a mask, in the order of the recipe. */
export const maskPartsSchema: z.ZodType<readonly MaskPart[]> = z.array(
  z.object({
    role: z.enum(partRoles),
    operation: z.enum(partOperations),
    modelId: modelIdSchema,
    weightsSha256: sha256Schema,
    maskSha256: sha256Schema,
    areaPx: z.int().min(0),
    isApplied: z.boolean(),
    note: z.string().nullable(),
  }),
);
