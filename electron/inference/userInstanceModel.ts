import { cocoClasses } from './cocoClasses.ts';
import type { NetworkSettings } from './http.ts';
import type { InstanceFamily, InstancesDescriptor } from './modelDescriptor.ts';
import { describeWeights, invalid, modelIdFor, writeUserDescriptor, type NamedWeights } from './userWeights.ts';

type Three = readonly [number, number, number];
interface Family {
  readonly label: string;
  readonly family: InstanceFamily;
  readonly sidePx: number;
  readonly mean: Three;
  readonly std: Three;
  /** Where the file is not told otherwise. */
  readonly classes: readonly string[] | null;
  readonly licence: { readonly weights: string; readonly note: string | null };
}

/** What people bring to find things by their class, prepared as each project's own inference code does. */
export const instanceFamilies = {
  // ultralytics/ultralytics: letterbox, byte / 255.
  'yolo-seg': {
    label: 'YOLO with masks',
    family: 'yoloSeg',
    sidePx: 640,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    classes: cocoClasses,
    licence: { weights: 'AGPL-3.0', note: "Ultralytics' weights are under the AGPL-3.0, also in a service; other terms need a licence of theirs. Of your own training: its licence is for you to know." },
  },
  // facebookresearch/detr with masks, as Hugging Face's exporter makes it: stretched, ImageNet's mean and deviation.
  'detr-seg': {
    label: 'DETR with masks',
    family: 'detrSeg',
    sidePx: 800,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
    classes: null,
    licence: { weights: 'unknown', note: 'Your own file: its licence is for you to know (the published DETR is Apache-2.0).' },
  },
} as const satisfies Record<string, Family>;
export type InstanceFamilyName = keyof typeof instanceFamilies;

export const isInstanceFamily = (name: string): name is InstanceFamilyName => Object.hasOwn(instanceFamilies, name);

export interface UserInstanceModel {
  readonly family: InstanceFamilyName;
  readonly weights: NamedWeights;
  /** Names in the order of the model's numbers; absent: those of COCO for YOLO. */
  readonly classes?: readonly string[] | undefined;
  /** Both sides of the model's input, px; absent: the family's usual one. */
  readonly sidePx?: number | undefined;
  /** Default: the file's name without its ending, in safe characters. */
  readonly id?: string | undefined;
  readonly label?: string | undefined;
}

/**
 * Describes a user's own weights in `<dataFolder>/models/<id>.json`; `pull` then checks and places them like any other.
 * @throws ExpectedError invalid_input (no class names, no SHA-256 for a URL, a wrong one, a taken id), file_unreadable, offline, download_failed
 */
export const describeInstanceModel = async (dataFolder: string, model: UserInstanceModel, network: NetworkSettings = {}): Promise<InstancesDescriptor> => {
  const family: Family = instanceFamilies[model.family];
  const classes = model.classes ?? family.classes;
  if (classes === null || classes.length === 0) throw invalid(`${family.label} needs the names of its classes: a file with one a line (--classes), in the order of the model's numbers.`);
  const id = modelIdFor(model.id, model.weights.where);
  const sidePx = model.sidePx ?? family.sidePx;
  const descriptor: InstancesDescriptor = {
    id,
    label: model.label ?? `${family.label} (${id})`,
    task: 'instances',
    ...(await describeWeights(model.weights, network)),
    licence: { package: null, ...family.licence },
    classes: [...classes],
    adapter: { family: family.family, input: { name: null, widthPx: sidePx, heightPx: sidePx, divisor: 255, mean: [...family.mean], std: [...family.std] } },
  };
  await writeUserDescriptor(dataFolder, descriptor);
  return descriptor;
};
