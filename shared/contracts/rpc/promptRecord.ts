import { z } from 'zod';
import type { PromptRecord } from '../../domain/promptRecord.ts';
import { modelIdSchema, sha256Schema } from './types.ts';

/** More than anybody clicks; keeps a draft's address short. */
export const maxPromptPoints = 200;

const place = z.number().min(-1e6).max(1e6);

/** What a page or a row of the store claims to be a {@link PromptRecord}. */
export const promptRecordSchema: z.ZodType<PromptRecord> = z.object({
  modelId: modelIdSchema,
  weightsSha256: sha256Schema,
  decoderSha256: sha256Schema,
  points: z.array(z.object({ xImagePx: place, yImagePx: place, label: z.literal([0, 1]) })).max(maxPromptPoints),
  box: z
    .object({ x0ImagePx: place, y0ImagePx: place, x1ImagePx: place, y1ImagePx: place })
    .refine((box) => box.x0ImagePx < box.x1ImagePx && box.y0ImagePx < box.y1ImagePx)
    .nullable(),
  fromMask: z.boolean(),
  join: z.enum(['replace', 'add', 'subtract', 'intersect']),
  // Records from before there were chains have none.
  chain: z.enum(['none', 'points']).default('none'),
  // Nor were their answers cleaned. The limit is mostCleanCells of shared/prompts/cleanLogits.ts.
  cleanCells: z.int().min(0).max(1000).default(0),
  candidate: z.int().min(0).max(15),
  predictedIou: z.number().min(-10).max(10),
  baseMaskSha256: sha256Schema.nullable(),
});

/** For an address or a header, where bytes beyond ASCII may not be. */
export const encodePromptRecord = (record: PromptRecord): string => encodeURIComponent(JSON.stringify(record));

/** Null for anything that is not a record. Never throws. @param text from {@link encodePromptRecord} */
export const decodePromptRecord = (text: string): PromptRecord | null => {
  try {
    return promptRecordSchema.safeParse(JSON.parse(decodeURIComponent(text))).data ?? null;
  } catch {
    return null;
  }
};
