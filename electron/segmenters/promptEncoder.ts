import { ExpectedError, throwIfCancelled } from '../../shared/errors/errors.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { PromptEncoder } from '../../shared/ports/promptEncoder.ts';
import type { DecoderFamily, FloatTensor } from '../../shared/prompts/decoderFeeds.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { PromptDescriptor } from '../inference/modelDescriptor.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import type { TensorData } from '../inference/tensor.ts';

export interface PromptEncoderParts {
  readonly host: Pick<InferenceHost, 'run'>;
  readonly modelStore: Pick<LocalModelStore, 'pathsOf'>;
  readonly codec: Pick<ImageCodec, 'rgbAt'>;
}

/** Raised when the same photo and weights come to another embedding by a change in this file or in how pictures are decoded. */
const preparationVersion = 3;

/**
 * The decoder's names for the encoder's outputs. Exports name the outputs as they like; the shapes are the family's: SAM 1 has one, [1, 256, 64, 64]; SAM 2
 * two finer feature maps beside it, [1, 32, 256, 256] and [1, 64, 128, 128].
 */
const decoderName = (family: DecoderFamily, dims: readonly number[], coarsestSide: number): string | null => {
  const side = dims.at(-1) as number;
  if (side === coarsestSide) return family === 'sam' ? 'image_embeddings' : 'image_embed';
  if (family === 'sam2' && side === 4 * coarsestSide) return 'high_res_feats_0';
  return family === 'sam2' && side === 2 * coarsestSide ? 'high_res_feats_1' : null;
};

const expectedOutputs: Readonly<Record<DecoderFamily, number>> = { sam: 1, sam2: 3 };

/** @throws ExpectedError inference_failed for outputs of other shapes than the family's */
export const namedForDecoder = (family: DecoderFamily, outputs: readonly TensorData[]): readonly FloatTensor[] => {
  const coarsestSide = Math.min(...outputs.map(({ dims }) => dims.at(-1) ?? 0));
  const tensors = outputs.flatMap((output): FloatTensor[] => {
    const name = decoderName(family, output.dims, coarsestSide);
    return output.type === 'float32' && output.dims.length === 4 && name !== null ? [{ name, dims: output.dims, data: output.data }] : [];
  });
  if (tensors.length !== expectedOutputs[family] || new Set(tensors.map(({ name }) => name)).size !== tensors.length) {
    const shapes = outputs.map(({ dims }) => `[${dims.join(', ')}]`).join(', ');
    throw new ExpectedError('inference_failed', `The encoder gave ${shapes}: not what a ${family === 'sam' ? 'SAM' : 'SAM 2'} decoder goes on from. Check the model's description.`);
  }
  return tensors;
};

export const createPromptEncoder = (descriptor: PromptDescriptor, { host, modelStore, codec }: PromptEncoderParts): PromptEncoder => {
  const { encoder, decoder } = descriptor;
  const { name, sidePx, fit, divisor, mean, std } = encoder.input;
  return {
    modelId: descriptor.id,
    label: descriptor.label,
    family: decoder.family,
    fit,
    sidePx,
    weightsSha256: encoder.sha256,
    decoderSha256: decoder.sha256,
    version: JSON.stringify([preparationVersion, descriptor.id, encoder.sha256, encoder.input, encoder.outputs]),
    encode: async (photo, { widthPx, heightPx }, { orientation, priority, signal }) => {
      const { encoder: path } = await modelStore.pathsOf(descriptor.id);
      const frame = modelFrame({ fit, sidePx, imageWidthPx: widthPx, imageHeightPx: heightPx });
      // The filter that the whole family was trained with (ResizeLongestSide, SAM2Transforms). A sharper one moves the embedding enough to tip answers that
      // are close: MobileSAM's first click on a chair came to an IoU of .07 with Lanczos and .96 with this.
      const picture = await codec.rgbAt(photo, frame.validWidthModelPx, frame.validHeightModelPx, orientation, 'linear');
      throwIfCancelled(signal);
      const pictureSize = { widthPx: picture.widthPx, heightPx: picture.heightPx };
      const answer = await host.run(
        {
          model: { path, executionProviders: descriptor.executionProviders },
          feeds: [{ name, tensor: { type: 'picture', dims: [1, 3, sidePx, sidePx], data: picture.data, divisor, mean, std, pictureSize } }],
          fetches: encoder.outputs.length === 0 ? 'all' : encoder.outputs,
        },
        { signal, priority },
      );
      return { tensors: namedForDecoder(decoder.family, answer.outputs), executionProvider: answer.executionProvider, encodeMs: answer.inferenceMs };
    },
  };
};
