import type { Activation, ForegroundDescriptor, ModelFamily } from './modelDescriptor.ts';
import type { NetworkSettings } from './http.ts';
import { describeWeights, invalid, isUrl, modelIdFor, writeUserDescriptor } from './userWeights.ts';

type Three = readonly [number, number, number];
interface UserFamily {
  readonly label: string;
  readonly family: ModelFamily;
  readonly sidePx: number;
  readonly mean: Three;
  readonly std: Three;
  readonly activation: Activation;
  readonly licence: { readonly weights: string; readonly note: string | null };
}

const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const unknownLicence = { weights: 'unknown', note: 'Your own file: its licence is for you to know.' };

/** What people bring, with the preparation that each model's card gives. */
export const userFamilies = {
  'rmbg-1.4': {
    label: 'RMBG 1.4',
    family: 'birefnet',
    sidePx: 1024,
    mean: [0.5, 0.5, 0.5],
    std: [1, 1, 1],
    activation: 'minMax',
    licence: { weights: 'bria-rmbg-1.4', note: 'Non-commercial use only: commercial use needs an agreement with BRIA.' },
  },
  'rmbg-2.0': {
    label: 'RMBG 2.0',
    family: 'birefnet',
    sidePx: 1024,
    ...imageNet,
    activation: 'sigmoidIfLogits',
    licence: { weights: 'CC-BY-NC-4.0', note: 'Non-commercial use only: commercial use needs an agreement with BRIA.' },
  },
  birefnet: { label: 'BiRefNet', family: 'birefnet', sidePx: 1024, ...imageNet, activation: 'sigmoidIfLogits', licence: { weights: 'MIT', note: null } },
  isnet: { label: 'IS-Net', family: 'isnet', sidePx: 1024, mean: [0.5, 0.5, 0.5], std: [1, 1, 1], activation: 'none', licence: unknownLicence },
  u2net: { label: 'U²-Net', family: 'u2net', sidePx: 320, ...imageNet, activation: 'minMax', licence: unknownLicence },
} as const satisfies Record<string, UserFamily>;
export type UserFamilyName = keyof typeof userFamilies;

export const isUserFamily = (name: string): name is UserFamilyName => Object.hasOwn(userFamilies, name);

export interface UserModel {
  /** Exactly one of the two. */
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  /** Lower-case hex; needed with a URL, checked with a file. */
  readonly sha256?: string | undefined;
  readonly family: UserFamilyName;
  /** Default: the file's name without its ending, in safe characters. */
  readonly id?: string | undefined;
  readonly label?: string | undefined;
}

/**
 * Describes a user's own weights in `<dataFolder>/models/<id>.json`; `pull` then checks and places them like any other.
 * @returns the descriptor; its licence note is to be shown
 * @throws ExpectedError invalid_input (no SHA-256 for a URL, a wrong one, a taken id), file_unreadable, offline, download_failed
 */
export const describeUserModel = async (dataFolder: string, model: UserModel, network: NetworkSettings = {}): Promise<ForegroundDescriptor> => {
  const { file, url, family: name } = model;
  const where = file ?? url;
  if (where === undefined || (file !== undefined && url !== undefined)) throw invalid('Name either a file or a URL of the weights.');
  if (url !== undefined && !isUrl(url)) throw invalid(`${url} is not an https address.`);
  const id = modelIdFor(model.id, where);
  const family: UserFamily = userFamilies[name];
  const descriptor: ForegroundDescriptor = {
    id,
    label: model.label ?? `${family.label} (${id})`,
    task: 'foreground',
    ...(await describeWeights({ where, sha256: model.sha256 }, network)),
    licence: { package: null, ...family.licence },
    adapter: {
      family: family.family,
      input: { name: null, widthPx: family.sidePx, heightPx: family.sidePx, divisor: 255, mean: [...family.mean], std: [...family.std] },
      output: { name: null, activation: family.activation },
    },
  };
  await writeUserDescriptor(dataFolder, descriptor);
  return descriptor;
};
