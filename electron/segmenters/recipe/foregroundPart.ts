import type { Segmenter } from '../../../shared/ports/segmenter.ts';
import type { PartMaker } from './partMaker.ts';
import type { RecipeStep } from './recipeSettings.ts';

/** A whole model as one part of a recipe. */
export const foregroundPart = (segmenter: Segmenter, step: RecipeStep): PartMaker => ({
  modelId: segmenter.modelId,
  weightsSha256: segmenter.weightsSha256,
  otherWeights: [],
  make: async ({ photo, orientation, threshold, wantMatte, signal }) => {
    const { mask, matte, run } = await segmenter.segment(photo, { threshold: step.threshold ?? threshold, wantMatte, orientation, ...(signal === undefined ? {} : { signal }) });
    return { mask, matte, isApplied: true, note: null, executionProvider: run.executionProvider, inferenceMs: run.inferenceMs, confidence: run.confidence };
  },
});
