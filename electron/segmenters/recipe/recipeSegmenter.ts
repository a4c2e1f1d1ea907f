import type { ModelId, Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { areaPx } from '../../../shared/mask/bitmap.ts';
import { combineParts, type CombinedPart } from '../../../shared/mask/combineParts.ts';
import { sizeIn, type ImageCodec } from '../../../shared/ports/imageCodec.ts';
import type { PartResult, Segmenter } from '../../../shared/ports/segmenter.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { MadePart, PartMaker } from './partMaker.ts';
import type { RecipeStep } from './recipeSettings.ts';

/** Raised when the same models and settings come to another mask by a change in this folder or in that of people. */
const recipeVersion = 2;

export interface RecipePart {
  readonly step: RecipeStep;
  readonly maker: PartMaker;
}

/**
 * Equal for the same work: the steps with all their settings, and every file of weights that they read. Keys in alphabetical order, so that it does not matter in
 * which order a person wrote them.
 */
const digestOf = (parts: readonly RecipePart[]): Sha256 => {
  const texts = parts.map(({ step, maker }) => [Object.entries(step).sort(([a], [b]) => (a < b ? -1 : 1)), maker.weightsSha256, maker.otherWeights]);
  return sha256Hex(JSON.stringify([recipeVersion, texts]));
};

/** A chain is as sure as the least sure of what it is made of. */
const confidenceOf = (parts: readonly MadePart[]): number | null => {
  const known = parts.flatMap(({ confidence, isApplied }) => (confidence === null || !isApplied ? [] : [confidence]));
  return known.length === 0 ? null : Math.min(...known);
};

/** The first part's soft edge, with what the others add, take away or leave, hard. */
const matteOf = (first: Uint8Array | null | undefined, others: readonly CombinedPart[]): Uint8Array | null => {
  if (first == null) return null;
  const matte = new Uint8Array(first);
  for (const { operation, mask, isOn } of others) {
    if (!isOn) continue;
    for (let at = 0; at < matte.length; at++) {
      const isIn = mask.data[at] !== 0;
      if (operation === 'add' ? isIn : isIn === (operation === 'subtract')) matte[at] = operation === 'add' ? 255 : 0;
    }
  }
  return matte;
};

/**
 * Several models as one segmenter: each makes its part, and the parts are combined in their order (shared/mask/combineParts.ts). The mask is exactly
 * that combination, so that whoever has the parts can put it together again, or otherwise.
 * @param codec the one that all parts read by: one that decodes a photo once serves them all
 */
export const recipeSegmenter = (modelId: ModelId, parts: readonly RecipePart[], codec: Pick<ImageCodec, 'probe' | 'rgbAt' | 'resizeGrey'>): Segmenter => {
  const weightsSha256 = digestOf(parts);
  return {
    modelId,
    weightsSha256,
    segment: async (photo, { threshold = 0.5, wantMatte = false, orientation = 'exif', signal }) => {
      if (!(threshold >= 0 && threshold <= 1)) throw new ExpectedError('invalid_input', `A threshold lies between 0 and 1; ${threshold} does not.`);
      throwIfCancelled(signal);
      const size = sizeIn(await codec.probe(photo), orientation);
      const made: MadePart[] = [];
      const combined: CombinedPart[] = [];
      for (const { step, maker } of parts) {
        const before = made.length === 0 ? null : combineParts(combined, size);
        const part = await maker.make({ photo, ...size, orientation, threshold, wantMatte: wantMatte && made.length === 0, before, codec, signal });
        throwIfCancelled(signal);
        made.push(part);
        combined.push({ operation: step.operation, mask: part.mask, isOn: part.isApplied });
      }
      const mask = combineParts(combined, size);
      const results = made.map((part, index): PartResult => {
        const { step, maker } = parts[index] as RecipePart;
        return { role: step.role, operation: step.operation, modelId: maker.modelId, weightsSha256: maker.weightsSha256, areaPx: areaPx(part.mask), isApplied: part.isApplied, note: part.note, mask: part.mask };
      });
      return {
        mask,
        matte: matteOf(made[0]?.matte, combined.slice(1)),
        run: {
          modelId,
          weightsSha256,
          threshold,
          executionProvider: [...new Set(made.map(({ executionProvider }) => executionProvider))].join(', '),
          inferenceMs: made.reduce((sum, { inferenceMs }) => sum + inferenceMs, 0),
          confidence: confidenceOf(made),
        },
        parts: results,
      };
    },
  };
};
