import { z } from 'zod';

/**
 * What a window and the decoding process say to each other over a port of their own (hostChannels.decoderPort), past main and core: a click
 * is answered without waiting for either. A window names keys that the core has had the process hold, never files; embeddings stay there, only
 * prompts go out and low-resolution logits come back. Each candidate's logits (256 KB) take about a millisecond from process to process: the one to
 * show goes first and alone, and who continues from an answer names it. Schemas look at kinds and sizes; they never walk over a tensor's values.
 */
const dims = z.array(z.number().int().nonnegative()).max(8);
export const decodeTensorSchema = z
  .object({ name: z.string().min(1).max(200), dims, data: z.custom<Float32Array>((value) => value instanceof Float32Array) })
  .refine(({ dims: sizes, data }) => sizes.reduce((product, size) => product * size, 1) === data.length, 'as many values as the dimensions say');
/** Row-major. */
export type DecodeTensor = z.infer<typeof decodeTensorSchema>;

export const decoderRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decode'),
    /** The client's own number; the answer bears it. */
    requestId: z.number().int(),
    /** Of an embedding that is held. */
    key: z.string().min(1).max(200),
    /** The prompt alone; the embedding is added where it is held. What the decoder has no input for is left out. */
    feeds: z.array(decodeTensorSchema).max(16),
    /** Output names, in the order of the answer. */
    fetches: z.array(z.string().min(1).max(200)).min(1).max(16),
    /** A newer request of the same lane replaces one that has not begun, which is answered `cancelled`. Null: never replaced. */
    lane: z.number().int().nullable(),
    /** The mask to continue from, as it was answered to this client; it stands for the feed `mask_input`. */
    continues: z.object({ requestId: z.number().int(), candidate: z.number().int().nonnegative() }).nullable().default(null),
    /**
     * Fetches are masks and predicted IoU, and the candidate that agrees with most of these points (shared/prompts/readCandidates.ts) is answered `first`;
     * `decoded` comes after it without that candidate's logits. Null: all at once.
     */
    first: z.array(z.object({ cell: z.number().int().min(0).max(65535), label: z.union([z.literal(0), z.literal(1)]) })).max(4096).nullable().default(null),
  }),
  /** Nobody wants the answer any more: where it has not begun it is answered `cancelled`. */
  z.object({ kind: z.literal('cancel'), requestId: z.number().int() }),
]);
export type DecoderRequest = z.infer<typeof decoderRequestSchema>;

/** not_held: have the core prepare the picture again · forgotten: the answer to continue from is not kept any more, send its logits · run_failed: the decoder's own error · cancelled: replaced, or withdrawn */
export const decodeFailures = ['not_held', 'forgotten', 'run_failed', 'cancelled'] as const;
export type DecodeFailure = (typeof decodeFailures)[number];

export const decoderResponseSchema = z.discriminatedUnion('kind', [
  /** First, of itself: a port that was handed to a process in the instant of its death stays silent and is never closed. */
  z.object({ kind: z.literal('connected') }),
  z.object({
    kind: z.literal('first'),
    requestId: z.number().int(),
    /** Its place among the candidates. */
    candidate: z.number().int().nonnegative(),
    predictedIou: z.number(),
    logits: z.custom<Float32Array>((value) => value instanceof Float32Array && value.length === 256 * 256),
    inferenceMs: z.number(),
  }),
  z.object({
    kind: z.literal('decoded'),
    requestId: z.number().int(),
    /** In the order of `fetches`; the masks without the candidate that was answered `first`. */
    outputs: z.array(decodeTensorSchema),
    /** In the decoder's run alone. */
    inferenceMs: z.number(),
  }),
  z.object({ kind: z.literal('failed'), requestId: z.number().int(), reason: z.enum(decodeFailures), message: z.string() }),
]);
export type DecoderResponse = z.infer<typeof decoderResponseSchema>;
