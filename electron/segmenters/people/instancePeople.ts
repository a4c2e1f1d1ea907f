import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { grow } from '../../../shared/mask/morphology.ts';
import type { InferenceHost } from '../../inference/inferenceHost.ts';
import type { InstanceFamily, InstancesDescriptor } from '../../inference/modelDescriptor.ts';
import type { LocalModelStore } from '../../inference/modelStore.ts';
import { cutBytes, matteBytes } from '../quantise.ts';
import type { PartInput, PartMaker } from '../recipe/partMaker.ts';
import type { RecipeStep } from '../recipe/recipeSettings.ts';
import type { BoxPrompter } from './boxPrompter.ts';
import { detrSeg } from './detrSeg.ts';
import type { FoundInstances, InstanceFamilyAdapter } from './instanceFamily.ts';
import { sliversBeside } from './slivers.ts';
import { yoloSeg } from './yoloSeg.ts';

const families = { yoloSeg, detrSeg } satisfies Record<InstanceFamily, InstanceFamilyAdapter>;

const defaults = { threshold: 0.5, growShare: 0.002, classes: ['person'] as readonly string[] };

/** Numbers of the classes that are asked for by name. @throws ExpectedError invalid_input with the names that there are */
const wantedClasses = ({ id, classes }: InstancesDescriptor, names: readonly string[]): ReadonlySet<number> => {
  const numbers = names.map((name) => classes.indexOf(name));
  const unknown = names.filter((_, index) => numbers[index] === -1);
  if (unknown.length > 0) throw new ExpectedError('invalid_input', `${id} knows no class ${unknown.join(', ')}. It knows ${classes.slice(0, 20).join(', ')}${classes.length > 20 ? ' ...' : ''}.`);
  return new Set(numbers);
};

/** The mask of things of some classes, as one part of a recipe; where a prompter is given it outlines them, and the model's boxes are all that counts of it. */
export const instancePeople = (
  descriptor: InstancesDescriptor,
  step: RecipeStep,
  { host, modelStore, prompter }: { readonly host: Pick<InferenceHost, 'run' | 'load'>; readonly modelStore: Pick<LocalModelStore, 'pathOf'>; readonly prompter: BoxPrompter | null },
): PartMaker => {
  const family: InstanceFamilyAdapter = families[descriptor.adapter.family];
  const { threshold = defaults.threshold, growShare = defaults.growShare, classes = defaults.classes } = step;
  const wanted = wantedClasses(descriptor, classes);

  const maskOf = async ({ map }: FoundInstances, { codec, widthPx, heightPx }: PartInput): Promise<Bitmap> => {
    const bytes = await codec.resizeGrey(matteBytes(map), map.widthPx, map.heightPx, widthPx, heightPx);
    return { widthPx, heightPx, data: cutBytes(bytes, Math.max(1, Math.round(threshold * 255))) };
  };

  return {
    modelId: descriptor.id,
    weightsSha256: descriptor.sha256,
    otherWeights: prompter?.weights ?? [],
    make: async (input) => {
      const { photo, widthPx, heightPx, orientation, before, signal } = input;
      throwIfCancelled(signal);
      const model = { path: await modelStore.pathOf(descriptor.id), executionProviders: descriptor.executionProviders };
      const feeds = await family.feeds(input, descriptor, await host.load(model));
      throwIfCancelled(signal);
      const answer = await host.run({ model, feeds, fetches: 'all' }, { signal });
      const found = family.read(answer.outputs, input, descriptor, wanted);
      const confidence = found.instances.length === 0 ? null : Math.min(...found.instances.map(({ score }) => score));
      const common = { matte: null, isApplied: true, note: null, executionProvider: answer.executionProvider, confidence };
      if (found.instances.length === 0) return { mask: emptyBitmap(widthPx, heightPx), inferenceMs: answer.inferenceMs, ...common };
      const outlined = prompter === null ? null : await prompter.outline(photo, input, found.instances.map(({ box }) => box), { orientation, signal });
      const plain = outlined?.mask ?? (await maskOf(found, input));
      const people = growShare === 0 ? plain : grow(plain, growShare * Math.max(widthPx, heightPx));
      const slivers = before === null || step.operation !== 'subtract' ? null : sliversBeside(people, before);
      const mask = slivers === null ? people : { ...people, data: people.data.map((value, at) => value | (slivers.data[at] as number)) };
      return { mask, inferenceMs: answer.inferenceMs + (outlined?.inferenceMs ?? 0), ...common };
    },
  };
};
