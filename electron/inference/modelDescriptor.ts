import { z } from 'zod';
import type { ModelId, Sha256 } from '../../shared/domain/ids.ts';
import type { ExecutionProviderName } from './executionProviders.ts';

/** Families of foreground models: the file in electron/segmenters that prepares the picture and reads the answer. */
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

const modelId = z.custom<ModelId>((value) => typeof value === 'string' && modelIdPattern.test(value), 'lower-case letters, digits, dots and dashes');

/** One file of weights. */
const weightsShape = {
  /** `npm:<package>@<version>#<path in the tarball>`, a `file:` URL, or an `https:` (for a local server `http:`) URL. */
  source: z.string().regex(/^(npm:|file:|https?:)/, 'npm:, file:, https: or http:'),
  /** npm alone: the tarball's own digest, as the registry gives it. */
  integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/).optional(),
  /** npm alone: the source's path is a list of chunks (resources.json of @imgly/background-removal); this is the entry to join. */
  resource: z.string().optional(),
  /** Where the published file is TFLite, made ONNX once it is here: what is published. `sha256` and `sizeBytes` are those of the ONNX then. */
  tflite: z.strictObject({ sha256: sha256Hex, sizeBytes: z.number().int().positive() }).optional(),
  sha256: sha256Hex,
  sizeBytes: z.number().int().positive(),
};

const sharedShape = {
  id: modelId,
  label: z.string().min(1).max(100),
  licence: z.strictObject({
    /** Of the package that carries the weights; null where there is none. */
    package: z.string().nullable(),
    /** Of the weights themselves. */
    weights: z.string(),
    note: z.string().nullable(),
  }),
  /** Providers that suit the model; absent: all. */
  executionProviders: z.array(z.enum(['cuda', 'webgpu', 'coreml', 'dml', 'cpu'])).optional() satisfies z.ZodType<ExecutionProviderName[] | undefined>,
};

/** Picture in, foreground probabilities out: one file. */
export const foregroundDescriptorSchema = z.strictObject({
  task: z.literal('foreground'),
  ...sharedShape,
  ...weightsShape,
  adapter: z.strictObject({ family: z.enum(modelFamilies), input: inputSchema, output: outputSchema }),
});
export type ForegroundDescriptor = z.infer<typeof foregroundDescriptorSchema>;

/** Families of models that tell people's parts apart, a class a pixel. */
export const peopleFamilies = ['selfieMulticlass'] as const;
export type PeopleFamily = (typeof peopleFamilies)[number];

/** Picture in, a class of people's parts (hair, skin, clothes ...) for each pixel out: one file. A part of recipes, no mask by itself. */
export const peopleDescriptorSchema = z.strictObject({
  task: z.literal('people'),
  ...sharedShape,
  ...weightsShape,
  adapter: z.strictObject({ family: z.enum(peopleFamilies) }),
});
export type PeopleDescriptor = z.infer<typeof peopleDescriptorSchema>;

/** Families of models that find things one by one, each with a class, a box and a mask. */
export const instanceFamilies = ['yoloSeg', 'detrSeg'] as const;
export type InstanceFamily = (typeof instanceFamilies)[number];

/** Picture in, things of named classes out: one file. A part of recipes. */
export const instancesDescriptorSchema = z.strictObject({
  task: z.literal('instances'),
  ...sharedShape,
  ...weightsShape,
  /** Names in the order of the model's own numbers. */
  classes: z.array(z.string().min(1)).min(1).max(10_000),
  adapter: z.strictObject({ family: z.enum(instanceFamilies), input: inputSchema }),
});
export type InstancesDescriptor = z.infer<typeof instancesDescriptorSchema>;

/** sam: Segment Anything's decoder and what took its signature (MobileSAM, EdgeSAM, EfficientSAM) · sam2: SAM 2's, with finer features beside the embedding. */
export const decoderFamilies = ['sam', 'sam2'] as const;
export type DecoderFamily = (typeof decoderFamilies)[number];

/** A picture is encoded once; its embedding and a prompt (points, box, mask) are decoded to masks in tenths of a second: two files. */
export const promptDescriptorSchema = z.strictObject({
  task: z.literal('prompt'),
  ...sharedShape,
  encoder: z.strictObject({
    ...weightsShape,
    /** Float32 [1, 3, sidePx, sidePx]: (byte / divisor - mean) / std. */
    input: z.strictObject({
      /** Null: the model's first input. */
      name: z.string().nullable(),
      sidePx: z.number().int().min(32).max(4096),
      /** stretch: both sides become sidePx · pad: the longer side becomes sidePx, the rest is 0 at the right or the bottom. */
      fit: z.enum(['stretch', 'pad']),
      divisor: z.number().positive(),
      mean: threeNumbers,
      std: threeNumbers,
    }),
    /** Names of the outputs that make the embedding; none: all of them. */
    outputs: z.array(z.string()),
  }),
  decoder: z.strictObject({ ...weightsShape, family: z.enum(decoderFamilies) }),
});
export type PromptDescriptor = z.infer<typeof promptDescriptorSchema>;

export const modelDescriptorSchema = z.discriminatedUnion('task', [foregroundDescriptorSchema, promptDescriptorSchema, peopleDescriptorSchema, instancesDescriptorSchema]);
export type ModelDescriptor = z.infer<typeof modelDescriptorSchema>;

/** Of one file. */
export type WholeDescriptor = Exclude<ModelDescriptor, PromptDescriptor>;

/** A file of weights and what it is in its model. */
export type WeightsFile = Pick<ForegroundDescriptor, 'source' | 'integrity' | 'resource' | 'tflite' | 'sha256' | 'sizeBytes'> & { readonly role: 'model' | 'encoder' | 'decoder' };

/** Every file that a model needs, in the order in which they are fetched. */
export const filesOf = (model: ModelDescriptor): readonly WeightsFile[] =>
  model.task === 'prompt' ? [{ ...model.encoder, role: 'encoder' }, { ...model.decoder, role: 'decoder' }] : [{ ...model, role: 'model' }];
