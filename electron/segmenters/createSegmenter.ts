import { throwIfCancelled, ExpectedError } from '../../shared/errors/errors.ts';
import { sizeIn, type ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { ForegroundDescriptor } from '../inference/modelDescriptor.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import type { ModelFamilyAdapter } from './family.ts';
import { confidenceOf } from './probability.ts';
import { cutBytes, isPlain, matteBytes, quantise } from './quantise.ts';

export interface SegmenterParts {
  readonly host: Pick<InferenceHost, 'run'>;
  readonly modelStore: Pick<LocalModelStore, 'pathOf'>;
  readonly codec: Pick<ImageCodec, 'probe' | 'rgbAt' | 'resizeGrey'>;
}

/**
 * A model as a segmenter: picture to the model's size, probabilities to the picture's size by cubic resampling, and only then cut at the
 * threshold, so that the edge runs between the model's pixels instead of along them.
 */
export const segmenterWith = (family: ModelFamilyAdapter, descriptor: ForegroundDescriptor, { host, modelStore, codec }: SegmenterParts): Segmenter => ({
  modelId: descriptor.id,
  weightsSha256: descriptor.sha256,
  segment: async (photo, { threshold = 0.5, wantMatte = false, orientation = 'exif', signal }) => {
    if (!(threshold >= 0 && threshold <= 1)) throw new ExpectedError('invalid_input', `A threshold lies between 0 and 1; ${threshold} does not.`);
    throwIfCancelled(signal);
    // First, since it is cheap and decides whether the rest is worth doing.
    const path = await modelStore.pathOf(descriptor.id);
    const { widthPx, heightPx } = sizeIn(await codec.probe(photo), orientation);
    const { input, output } = descriptor.adapter;
    const picture = await codec.rgbAt(photo, input.widthPx, input.heightPx, orientation);
    throwIfCancelled(signal);
    const answer = await host.run(
      {
        model: { path, executionProviders: descriptor.executionProviders },
        feeds: family.feeds(picture, descriptor),
        fetches: output.name === null ? null : [output.name],
      },
      { signal },
    );
    const [first] = answer.outputs;
    if (first === undefined) throw new ExpectedError('inference_failed', 'The model gave no output.');
    const map = family.read(first, descriptor);
    const resize = (bytes: Uint8Array): Promise<Uint8Array> => codec.resizeGrey(bytes, map.widthPx, map.heightPx, widthPx, heightPx);
    const quantised = quantise(map, threshold);
    const atImageSize = await resize(quantised.data);
    const matte = !wantMatte ? null : isPlain(threshold) ? atImageSize : await resize(matteBytes(map));
    throwIfCancelled(signal);
    return {
      mask: { widthPx, heightPx, data: cutBytes(atImageSize, quantised.cut) },
      matte,
      run: {
        modelId: descriptor.id,
        weightsSha256: descriptor.sha256,
        threshold,
        executionProvider: answer.executionProvider,
        inferenceMs: answer.inferenceMs,
        confidence: confidenceOf(map),
      },
    };
  },
});
