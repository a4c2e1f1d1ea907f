import { z } from 'zod';
import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import { partOperations, partRoles } from '../../../shared/domain/maskPart.ts';

/** Stands where a model's id stands. */
export const productRecipeId = asId<ModelId>('product');

const modelId = z.string().min(1).max(64);
const share = z.number().min(0).max(1);

/**
 * auto: clothes go with the person who wears them, except where next to nothing of the foreground would be left: then they are the product ·
 * subtract: always go · keep: never go, only hair and skin do.
 */
export const clothesRules = ['auto', 'subtract', 'keep'] as const;
export type ClothesRule = (typeof clothesRules)[number];

/** How the mask of people is made; each may be left out. */
const peopleShape = {
  /** Of `people` and `instances` models: probability at and above which a pixel is a person, 0..1. */
  threshold: share.optional(),
  clothes: z.enum(clothesRules).optional(),
  /** Of `people` models: skin and face must take at least this share of the picture, else what looks like a person is kept as a part and not applied. */
  minSkinShare: share.optional(),
  /** The mask of people grows by this share of the picture's longer side, so that no seam of skin stays at its edge. */
  growShare: z.number().min(0).max(0.05).optional(),
  /** A prompt model that outlines each person anew, given the box that an `instances` model found. */
  prompt: modelId.optional(),
  /** Of `instances` models: names of the classes that count. */
  classes: z.array(z.string().min(1)).min(1).optional(),
};

/** One part of the mask and how it joins what stands before it. */
const stepSchema = z.strictObject({ role: z.enum(partRoles), operation: z.enum(partOperations), model: modelId, ...peopleShape });
export type RecipeStep = z.infer<typeof stepSchema>;

/**
 * The `[recipe]` section: what the model id `product` stands for. Every key may be left out. `steps` names parts, order and operations in full;
 * without it the recipe is foreground minus people of the keys beside it.
 */
export const recipeSettingsSchema = z
  .strictObject({
    /** A model that makes masks by itself. */
    foreground: modelId.default('isnet-quint8'),
    /** Absent: the threshold that the run asks for. */
    foregroundThreshold: share.optional(),
    /** A model of the kinds `people` or `instances`; 'none': the foreground stays whole. */
    people: modelId.default('selfie-multiclass'),
    peopleThreshold: peopleShape.threshold,
    peoplePrompt: peopleShape.prompt,
    peopleClasses: peopleShape.classes,
    clothes: peopleShape.clothes,
    minSkinShare: peopleShape.minSkinShare,
    growShare: peopleShape.growShare,
    steps: z.array(stepSchema).min(1).max(8).optional(),
  })
  .refine(({ steps }) => steps === undefined || steps[0]?.operation === 'add', { path: ['steps'], message: 'the first step has nothing before it, so its operation is add' });
export type RecipeSettings = z.infer<typeof recipeSettingsSchema>;

export const standardRecipeSettings: RecipeSettings = recipeSettingsSchema.parse({});

/** What is left out is not there, instead of being undefined. */
const present = <Values extends object>(values: Values): { [Key in keyof Values]: Exclude<Values[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [Key in keyof Values]: Exclude<Values[Key], undefined> };

/** The steps that settings amount to. */
export const stepsOf = (settings: RecipeSettings): readonly RecipeStep[] => {
  if (settings.steps !== undefined) return settings.steps;
  const { foreground, foregroundThreshold: threshold, people, peopleThreshold, peoplePrompt, peopleClasses, clothes, minSkinShare, growShare } = settings;
  const whole: RecipeStep = { role: 'foreground', operation: 'add', model: foreground, ...present({ threshold }) };
  if (people === 'none') return [whole];
  return [
    whole,
    { role: 'people', operation: 'subtract', model: people, ...present({ threshold: peopleThreshold, prompt: peoplePrompt, classes: peopleClasses, clothes, minSkinShare, growShare }) },
  ];
};
