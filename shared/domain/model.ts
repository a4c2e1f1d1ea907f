import type { ModelId } from './ids.ts';

/**
 * foreground: makes masks by itself, as recipes do · prompt: answers a person's points and boxes · people: tells people's parts apart · instances: finds
 * things of named classes; these two are parts of recipes.
 */
export type ModelTask = 'foreground' | 'prompt' | 'people' | 'instances';

const whyNoMask: Readonly<Record<Exclude<ModelTask, 'foreground'>, string>> = {
  prompt: 'needs prompts: it makes no mask by itself.',
  people: 'finds people: it makes no mask of a product by itself, yet recipes such as "product" use it.',
  instances: 'finds things by their class: it makes no mask of a product by itself, yet recipes such as "product" can use it.',
};

/** Why a model can't be run on its own, as a sentence. */
export const noMaskByItself = (label: string, modelId: ModelId, task: Exclude<ModelTask, 'foreground'>): string => `${label} (${modelId}) ${whyNoMask[task]}`;

/** A model's weights on this machine. */
export interface ModelStatus {
  readonly modelId: ModelId;
  readonly label: string;
  readonly task: ModelTask;
  readonly licence: string;
  readonly licenceNote: string | null;
  readonly sizeBytes: number;
  readonly state: 'ready' | 'missing' | 'corrupt';
  /** True for the one that background work uses. */
  readonly isDefault: boolean;
  /** Of a recipe: the models that it is put together from. It has no weights of its own: theirs are fetched, checked and removed. */
  readonly madeOf?: readonly ModelId[];
}

export type PullProgress =
  | { readonly kind: 'progress'; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'done'; readonly status: ModelStatus };
