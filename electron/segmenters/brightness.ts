import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { throwIfCancelled } from '../../shared/errors/errors.ts';
import { sizeIn, type ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import { sha256Hex } from '../base/hash.ts';

/** Stands where a model's id stands, and is listed only where a configuration names it: it is of no use to people. */
export const brightnessId = asId<ModelId>('brightness');

/** Of the small copy that is looked at. */
const sidePx = 64;

/**
 * No model at all: what is darker than the threshold is the mask. It costs next to nothing, so that benches and trials of a whole chain see what broker, database and
 * object store cost; and each picture has a mask of its own, so that masks are stored as many times as they would be.
 */
export const createBrightnessSegmenter = (codec: Pick<ImageCodec, 'probe' | 'rgbAt' | 'resizeGrey'>): Segmenter => {
  const weightsSha256 = sha256Hex('brightness 1');
  return {
    modelId: brightnessId,
    weightsSha256,
    segment: async (photo, { threshold = 0.5, wantMatte = false, orientation = 'exif', signal }) => {
      throwIfCancelled(signal);
      const startedMs = performance.now();
      const { widthPx, heightPx } = sizeIn(await codec.probe(photo), orientation);
      const { data: rgb } = await codec.rgbAt(photo, sidePx, sidePx, orientation);
      const darkness = new Uint8Array(sidePx * sidePx);
      for (let at = 0, from = 0; at < darkness.length; at++, from += 3) darkness[at] = 255 - ((rgb[from] as number) + (rgb[from + 1] as number) + (rgb[from + 2] as number)) / 3;
      const coverage = await codec.resizeGrey(darkness, sidePx, sidePx, widthPx, heightPx);
      throwIfCancelled(signal);
      return {
        mask: { widthPx, heightPx, data: coverage.map((value) => (value >= 255 * threshold ? 255 : 0)) },
        matte: wantMatte ? coverage : null,
        run: { modelId: brightnessId, weightsSha256, threshold, executionProvider: 'none', inferenceMs: performance.now() - startedMs, confidence: null },
      };
    },
  };
};
