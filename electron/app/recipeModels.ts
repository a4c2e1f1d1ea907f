import { asId, type ModelId } from '../../shared/domain/ids.ts';
import type { ModelStatus, PullProgress } from '../../shared/domain/model.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import { productRecipeId, stepsOf, type RecipeSettings } from '../segmenters/recipe/recipeSettings.ts';

const label = 'Product without people';

/** Every model that the recipe reads, each once, in the order of its steps. */
export const modelsOfRecipe = (settings: RecipeSettings): readonly ModelId[] => {
  const ids = stepsOf(settings).flatMap(({ model, prompt }) => [model, ...(prompt === undefined ? [] : [prompt])]);
  return [...new Set(ids)].map((id) => asId<ModelId>(id));
};

const unknown = (modelId: ModelId): ExpectedError => new ExpectedError('model_unknown', `The recipe ${productRecipeId} names the model ${modelId}, which is not known here. Change it in the settings, or add that model.`);

/** What holds for the whole: the worst of its models. */
const recipeStatus = (statuses: readonly ModelStatus[], madeOf: readonly ModelId[], isDefault: boolean): ModelStatus => {
  const found = madeOf.map((modelId) => statuses.find((status) => status.modelId === modelId));
  const known = found.filter((status) => status !== undefined);
  const states = found.map((status) => status?.state ?? 'missing');
  return {
    modelId: productRecipeId,
    label,
    task: 'foreground',
    licence: [...new Set(known.map(({ licence }) => licence))].join(', '),
    licenceNote: `Foreground minus people, made of ${madeOf.join(' and ')}.`,
    sizeBytes: known.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    state: states.includes('corrupt') ? 'corrupt' : states.includes('missing') ? 'missing' : 'ready',
    isDefault,
    madeOf,
  };
};

/** One bar over the downloads of several models that come one after another. */
const shared = (sizes: readonly number[], index: number, tell: ((progress: PullProgress) => void) | undefined) => (step: PullProgress): void => {
  if (step.kind !== 'progress') return step.kind === 'done' ? undefined : tell?.(step);
  const before = sizes.slice(0, index).reduce((sum, bytes) => sum + bytes, 0);
  const after = sizes.slice(index + 1).reduce((sum, bytes) => sum + bytes, 0);
  tell?.({ kind: 'progress', receivedBytes: before + step.receivedBytes, totalBytes: before + (step.totalBytes ?? sizes[index] ?? 0) + after });
};

/** The models of this machine, and beside them the recipe, as a model whose weights are those of all its parts. */
export const withRecipe = (models: LocalModelStore, settings: RecipeSettings, isDefault: () => boolean): LocalModelStore => {
  const madeOf = modelsOfRecipe(settings);
  const whole = (statuses: readonly ModelStatus[]): ModelStatus => recipeStatus(statuses, madeOf, isDefault());
  const isRecipe = (modelId: ModelId): boolean => modelId === productRecipeId;
  const statusNow = async (): Promise<ModelStatus> => whole(await models.list());

  const pullAll: LocalModelStore['pull'] = async (_recipe, { signal, onProgress } = {}) => {
    const statuses = await models.list();
    const absent = madeOf.map((modelId) => {
      const status = statuses.find((listed) => listed.modelId === modelId);
      if (status === undefined) throw unknown(modelId);
      return status;
    }).filter(({ state }) => state !== 'ready');
    const sizes = absent.map(({ sizeBytes }) => sizeBytes);
    for (const [index, { modelId }] of absent.entries()) await models.pull(modelId, { ...(signal === undefined ? {} : { signal }), onProgress: shared(sizes, index, onProgress) });
    return statusNow();
  };

  return {
    list: async () => {
      const statuses = await models.list();
      return [...statuses, whole(statuses)];
    },
    verify: async (modelId) => (isRecipe(modelId) ? whole(await Promise.all(madeOf.map((part) => models.verify(part)))) : models.verify(modelId)),
    remove: async (modelId) => {
      if (isRecipe(modelId)) throw new ExpectedError('invalid_input', `${label} (${productRecipeId}) has no weights of its own. Remove those of ${madeOf.join(' or ')}.`);
      return models.remove(modelId);
    },
    pull: (modelId, options) => (isRecipe(modelId) ? pullAll(modelId, options) : models.pull(modelId, options)),
    descriptor: (modelId) => models.descriptor(modelId),
    foreground: (modelId) => models.foreground(modelId),
    prompt: (modelId) => models.prompt(modelId),
    people: (modelId) => models.people(modelId),
    instances: (modelId) => models.instances(modelId),
    prompts: () => models.prompts(),
    pathOf: (modelId) => models.pathOf(modelId),
    pathsOf: (modelId) => models.pathsOf(modelId),
    faults: () => models.faults(),
  };
};
