import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { PromptDecoding } from '../../shared/ports/promptDecoding.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import { brightnessId, createBrightnessSegmenter } from '../segmenters/brightness.ts';
import { createSegmenter } from '../segmenters/index.ts';
import { createBoxPrompter, type BoxPrompter } from '../segmenters/people/boxPrompter.ts';
import { classPeople } from '../segmenters/people/classPeople.ts';
import { instancePeople } from '../segmenters/people/instancePeople.ts';
import { createPromptEncoder } from '../segmenters/promptEncoder.ts';
import { decodedOnce } from '../segmenters/recipe/decodedOnce.ts';
import { foregroundPart } from '../segmenters/recipe/foregroundPart.ts';
import type { PartMaker } from '../segmenters/recipe/partMaker.ts';
import { recipeSegmenter, type RecipePart } from '../segmenters/recipe/recipeSegmenter.ts';
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

/** Makers of a recipe's parts, all reading photos by `reading`. */
export const createPartMakers = ({ models, inference, decoding }: Omit<SegmentersParts, 'recipe' | 'codec'>, reading: Reading): ((step: RecipeStep) => Promise<PartMaker>) => {
  const parts = { host: inference, modelStore: models };
  const prompterOf = async (modelId: ModelId): Promise<BoxPrompter> => {
    const encoder = createPromptEncoder(await models.prompt(modelId), { ...parts, codec: reading });
    return createBoxPrompter(encoder, { decodeLoose: (...asked) => decoding().decodeLoose(...asked) });
  };
  return async (step) => {
    const descriptor = await models.descriptor(asId<ModelId>(step.model));
    if (descriptor.task === 'foreground') return foregroundPart(createSegmenter(descriptor, { ...parts, codec: reading }), step);
    if (descriptor.task === 'people') return classPeople(descriptor, step, parts);
    if (descriptor.task === 'instances') return instancePeople(descriptor, step, { ...parts, prompter: step.prompt === undefined ? null : await prompterOf(asId<ModelId>(step.prompt)) });
    throw new ExpectedError('invalid_input', `${descriptor.label} (${descriptor.id}) can't be a part of a recipe by itself. Name it under peoplePrompt, beside a model that finds people.`);
  };
};

/** The segmenter of a model's id, or of the recipe's, which stands where a model's does. */
export const createSegmenters =
  ({ codec, recipe, ...parts }: SegmentersParts): ((modelId: ModelId) => Promise<Segmenter>) =>
  async (modelId) => {
    if (modelId === brightnessId) return createBrightnessSegmenter(codec);
    if (modelId !== productRecipeId) return createSegmenter(await parts.models.foreground(modelId), { host: parts.inference, modelStore: parts.models, codec });
    // One for this use of the segmenter: it holds the photo that is in hand.
    const reading = decodedOnce<Reading>(codec);
    const makerOf = createPartMakers(parts, reading);
    const made: RecipePart[] = [];
    for (const step of stepsOf(recipe)) made.push({ step, maker: await makerOf(step) });
    return recipeSegmenter(modelId, made, reading);
  };
