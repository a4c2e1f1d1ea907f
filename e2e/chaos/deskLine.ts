import { z } from 'zod';
import { assetKinds } from '../../shared/domain/asset.ts';

/** What a desk tells on stdout, one JSON object a line. */
export const deskLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), atMs: z.number() }),
  /** From here the verdict may not be lost. */
  z.object({
    kind: z.literal('acknowledged'),
    verdict: z.string(),
    asset: z.object({ kind: z.enum(assetKinds), id: z.string() }),
    verdictId: z.string(),
    undoesVerdictId: z.string().nullable(),
    maskSha256: z.string().nullable(),
    atMs: z.number(),
  }),
  /** Nothing was written, or nobody knows: only what is acknowledged counts. */
  z.object({ kind: z.literal('refused'), code: z.string(), atMs: z.number() }),
]);
export type DeskLine = z.infer<typeof deskLine>;
