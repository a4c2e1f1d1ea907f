import type { ModelId } from '../../shared/domain/ids.ts';
import { asId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { PromptDecoding } from '../../shared/ports/promptDecoding.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import { createSegmenter } from '../segmenters/index.ts';
import { createBoxPrompter, type BoxPrompter } from '../segmenters/people/boxPrompter.ts';
import { classPeople } from '../segmenters/people/classPeople.ts';
import { instancePeople } from '../segmenters/people/instancePeople.ts';
import { createPromptEncoder } from '../segmenters/promptEncoder.ts';
import { decodedOnce } from '../segmenters/recipe/decodedOnce.ts';
import { foregroundPart } from '../segmenters/recipe/foregroundPart.ts';
import type { PartMaker } from '../segmenters/recipe/partMaker.ts';
import { recipeSegmenter } from '../segmenters/recipe/recipeSegmenter.ts';
import { productRecipeId, stepsOf, type RecipeSettings, type RecipeStep } from '../segmenters/recipe/recipeSettings.ts';

export interface SegmentersParts {
  readonly models: LocalModelStore;
  readonly inference: InferenceHost;
  readonly codec: ImageCodec;
  readonly recipe: RecipeSettings;
  /** Answers prompts; asked for at the first use, since it may be made later. */
  readonly decoding: () => Pick<PromptDecoding, 'decodeLoose'>;
}

type Reading = Pick<ImageCodec, 'probe' | 'rgbAt' | 'resizeGrey'>;

/** The segmenter of a model's id, or of the recipe's, which stands where a model's does. */
export const createSegmenters = ({ models, inference, codec, recipe, decoding }: SegmentersParts): ((modelId: ModelId) => Promise<Segmenter>) => {
  const parts = { host: inference, modelStore: models };
  const prompterOf = async (modelId: ModelId, reading: Reading): Promise<BoxPrompter> => {
    const encoder = createPromptEncoder(await models.prompt(modelId), { ...parts, codec: reading });
    return createBoxPrompter(encoder, { decodeLoose: (...asked) => decoding().decodeLoose(...asked) });
  };
  const makerOf = async (step: RecipeStep, reading: Reading): Promise<PartMaker> => {
    const descriptor = await models.descriptor(asId<ModelId>(step.model));
    if (descriptor.task === 'foreground') return foregroundPart(createSegmenter(descriptor, { ...parts, codec: reading }), step);
    if (descriptor.task === 'people') return classPeople(descriptor, step, parts);
    if (descriptor.task === 'instances') return instancePeople(descriptor, step, { ...parts, prompter: step.prompt === undefined ? null : await prompterOf(asId<ModelId>(step.prompt), reading) });
    throw new ExpectedError('invalid_input', `${descriptor.label} (${descriptor.id}) can't be a part of a recipe by itself. Name it under peoplePrompt, beside a model that finds people.`);
  };
  return async (modelId) => {
    if (modelId !== productRecipeId) return createSegmenter(await models.foreground(modelId), { ...parts, codec });
    // One for this use of the segmenter: it holds the photo that is in hand.
    const reading = decodedOnce<Reading>(codec);
    const made = [];
    for (const step of stepsOf(recipe)) made.push({ step, maker: await makerOf(step, reading) });
    return recipeSegmenter(modelId, made, reading);
  };
};
