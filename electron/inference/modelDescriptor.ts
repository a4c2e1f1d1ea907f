import { z } from 'zod';
import type { ModelId, Sha256 } from '../../shared/domain/ids.ts';
import type { ExecutionProviderName } from './executionProviders.ts';

/** Adapter families: the file in electron/segmenters that prepares the picture and reads the answer. */
export const modelFamilies = ['isnet', 'u2net', 'birefnet'] as const;
export type ModelFamily = (typeof modelFamilies)[number];

/**
 * none: the output is a probability already · minMax: stretched to 0..1 over the picture · sigmoid: the output is logits · sigmoidIfLogits:
 * exports of one model differ; values outside 0..1 show that the sigmoid was left out.
 */
export const activations = ['none', 'minMax', 'sigmoid', 'sigmoidIfLogits'] as const;
export type Activation = (typeof activations)[number];

const threeNumbers = z.tuple([z.number(), z.number(), z.number()]);
/** Float32 NCHW: (byte / divisor - mean) / std, a value for each of red, green and blue; the picture is stretched to the size. */
const inputSchema = z.strictObject({
  /** Null: the model's first input. */
  name: z.string().nullable(),
  widthPx: z.number().int().min(32).max(4096),
  heightPx: z.number().int().min(32).max(4096),
  divisor: z.number().positive(),
  mean: threeNumbers,
  std: threeNumbers,
});
const outputSchema = z.strictObject({
  /** Null: the model's first output. Shape [1, 1, height, width] or [1, height, width]. */
  name: z.string().nullable(),
  activation: z.enum(activations),
});

const sha256Hex = z.custom<Sha256>((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value), 'a SHA-256 in lower-case hex');

/** A name that is safe as a folder on every system. */
export const modelIdPattern = /^[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]$/;

export const modelDescriptorSchema = z.strictObject({
  id: z.custom<ModelId>((value) => typeof value === 'string' && modelIdPattern.test(value), 'lower-case letters, digits, dots and dashes'),
  label: z.string().min(1).max(100),
  task: z.enum(['foreground']),
  /** `npm:<package>@<version>#<path in the tarball>`, a `file:` URL, or an `https:` (for a local server `http:`) URL. */
  source: z.string().regex(/^(npm:|file:|https?:)/, 'npm:, file:, https: or http:'),
  /** npm alone: the tarball's own digest, as the registry gives it. */
  integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/).optional(),
  /** npm alone: the source's path is a list of chunks (resources.json of @imgly/background-removal); this is the entry to join. */
  resource: z.string().optional(),
  sha256: sha256Hex,
  sizeBytes: z.number().int().positive(),
  licence: z.strictObject({
    /** Of the package that carries the weights; null where there is none. */
    package: z.string().nullable(),
    /** Of the weights themselves. */
    weights: z.string(),
    note: z.string().nullable(),
  }),
  adapter: z.strictObject({ family: z.enum(modelFamilies), input: inputSchema, output: outputSchema }),
  /** Providers that suit the model; absent: all. */
  executionProviders: z.array(z.enum(['cuda', 'webgpu', 'coreml', 'dml', 'cpu'])).optional() satisfies z.ZodType<ExecutionProviderName[] | undefined>,
});
export type ModelDescriptor = z.infer<typeof modelDescriptorSchema>;

export type ModelSource =
  | { readonly kind: 'npm'; readonly packageName: string; readonly version: string; readonly path: string }
  | { readonly kind: 'file'; readonly url: URL }
  | { readonly kind: 'http'; readonly url: URL };

/** @throws RangeError a source that is none of the three kinds */
export const parseSource = (source: string): ModelSource => {
  const npm = /^npm:((?:@[^/@#]+\/)?[^/@#]+)@([^#]+)#(.+)$/.exec(source);
  if (npm !== null) return { kind: 'npm', packageName: npm[1] as string, version: npm[2] as string, path: npm[3] as string };
  if (!URL.canParse(source)) throw new RangeError(`${source} is no source of weights`);
  const url = new URL(source);
  if (url.protocol === 'file:') return { kind: 'file', url };
  if (url.protocol === 'https:' || url.protocol === 'http:') return { kind: 'http', url };
  throw new RangeError(`${source} is no source of weights`);
};
