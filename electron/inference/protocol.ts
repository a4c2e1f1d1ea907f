import { z } from 'zod';
import { decodeTensorSchema } from '../../shared/contracts/decoding/messages.ts';
import type { TensorSlot } from '../../shared/prompts/decoderSignature.ts';
import type { Feed, PictureTensor, TensorData } from './tensor.ts';

/**
 * What core and the inference process say to each other; one tagged union a direction. A job waits until those before it are done: ONNX Runtime's Node binding computes on the process's own thread, so a message that arrives during a run
 * is read after it. Liveness is therefore the process's exit and a time limit a job, never a ping.
 */
const tensorSchema: z.ZodType<TensorData> = z.union([
  z.object({ type: z.literal('float32'), dims: z.array(z.number().int().nonnegative()), data: z.instanceof(Float32Array) }),
  z.object({ type: z.literal('int32'), dims: z.array(z.number().int().nonnegative()), data: z.instanceof(Int32Array) }),
  z.object({ type: z.literal('int64'), dims: z.array(z.number().int().nonnegative()), data: z.instanceof(BigInt64Array) }),
]);
const threeNumbers = z.tuple([z.number(), z.number(), z.number()]);
const pictureSchema: z.ZodType<PictureTensor> = z
  .object({
    type: z.literal('picture'),
    dims: z.array(z.number().int().positive()).length(4),
    data: z.instanceof(Uint8Array),
    divisor: z.number().positive(),
    mean: threeNumbers,
    std: threeNumbers,
    pictureSize: z.object({ widthPx: z.number().int().positive(), heightPx: z.number().int().positive() }).optional(),
  })
  .refine(({ dims: [, , height = 0, width = 0], data, pictureSize }) => {
    const { widthPx, heightPx } = pictureSize ?? { widthPx: width, heightPx: height };
    return widthPx <= width && heightPx <= height && 3 * widthPx * heightPx === data.length;
  }, 'three bytes a pixel of a picture that fits');
const feedSchema: z.ZodType<Feed> = z.object({ name: z.string().nullable(), tensor: z.union([pictureSchema, tensorSchema]) });

/** Which session a job wants; equal fields share a session. */
const sessionSpecSchema = z.object({
  modelPath: z.string().min(1),
  /** Tried in this order; the last one is `cpu`. */
  executionProviders: z.array(z.string()).min(1),
  threads: z.number().int().positive(),
  /** Which GPU, for providers that count them (cuda, dml); without it the first. */
  gpuId: z.number().int().min(0).optional(),
});
export type SessionSpec = z.infer<typeof sessionSpecSchema>;

const slotSchema: z.ZodType<TensorSlot> = z.object({ name: z.string(), type: z.string(), shape: z.array(z.union([z.number(), z.string()])) });

export const requestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    jobId: z.number().int(),
    session: sessionSpecSchema,
    feeds: z.array(feedSchema).min(1),
    /** Output names; null: the first output alone; all: every one. */
    fetches: z.union([z.array(z.string()).min(1), z.literal('all'), z.null()]),
  }),
  /** Loads a session ahead of its first job. Answered with `loaded` or `failed`. */
  z.object({ kind: z.literal('load'), jobId: z.number().int(), session: sessionSpecSchema }),
  /** Reads an embedding (shared/prompts/embeddingFile.ts), keeps it for prompts and warms its decoder. Answered with `held` or `failed`. */
  z.object({ kind: z.literal('hold'), jobId: z.number().int(), key: z.string().min(1), session: sessionSpecSchema, file: z.string().min(1), maxHeldBytes: z.number().nonnegative() }),
  /** Not answered. */
  z.object({ kind: z.literal('drop'), key: z.string().min(1) }),
  /** A prompt about a held embedding, from the core itself. Answered with `decoded` or `failed`. */
  z.object({ kind: z.literal('decode'), jobId: z.number().int(), key: z.string().min(1), feeds: z.array(decodeTensorSchema), fetches: z.array(z.string()).min(1) }),
]);
export type InferenceRequest = z.infer<typeof requestSchema>;
/** What is answered. */
export type InferenceQuestion = Exclude<InferenceRequest, { kind: 'drop' }>;

/** not_held: no such key · file_damaged: the embedding's file */
export const failureReasons = ['out_of_memory', 'load_failed', 'run_failed', 'not_held', 'file_damaged'] as const;
export type FailureReason = (typeof failureReasons)[number];

export const responseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), runtimeVersion: z.string(), pid: z.number().int() }),
  z.object({ kind: z.literal('loaded'), jobId: z.number().int(), executionProvider: z.string(), inputs: z.array(slotSchema), outputs: z.array(slotSchema) }),
  z.object({
    kind: z.literal('result'),
    jobId: z.number().int(),
    outputs: z.array(tensorSchema),
    outputNames: z.array(z.string()),
    executionProvider: z.string(),
    /** Time in the session's run alone, without loading. */
    inferenceMs: z.number(),
  }),
  z.object({ kind: z.literal('held'), jobId: z.number().int(), heldBytes: z.number(), droppedKeys: z.array(z.string()), executionProvider: z.string() }),
  z.object({ kind: z.literal('decoded'), jobId: z.number().int(), outputs: z.array(decodeTensorSchema), inferenceMs: z.number() }),
  z.object({ kind: z.literal('failed'), jobId: z.number().int(), reason: z.enum(failureReasons), message: z.string() }),
  /** An execution provider could not be used; the next one was taken. */
  z.object({ kind: z.literal('providerLost'), executionProvider: z.string(), message: z.string() }),
]);
export type InferenceResponse = z.infer<typeof responseSchema>;
