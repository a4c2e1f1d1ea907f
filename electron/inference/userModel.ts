import { open, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asId, type ModelId, type Sha256 } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { makeFolder } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { remoteSize } from './download.ts';
import type { NetworkSettings } from './http.ts';
import { modelIdPattern, type Activation, type ForegroundDescriptor, type ModelFamily } from './modelDescriptor.ts';
import { digestFile } from './tarball.ts';

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

const usage = (message: string): ExpectedError => new ExpectedError('invalid_input', message);

const idFrom = (name: string): string =>
  basename(name)
    .replace(/\.(onnx|ort)$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 64);

const fromFile = async (path: string, wanted: string | undefined) => {
  const absolute = resolve(path);
  try {
    const { size } = await stat(absolute);
    const sha256 = await digestFile(absolute, 'sha256', 'hex');
    if (wanted !== undefined && wanted !== sha256) throw usage(`${path} has SHA-256 ${sha256}, not ${wanted}.`);
    return { source: pathToFileURL(absolute).href, sizeBytes: size, sha256 };
  } catch (error) {
    throw fileError(error, absolute);
  }
};

const fromUrl = async (address: string, sha256: string | undefined, network: NetworkSettings) => {
  if (sha256 === undefined) throw usage('A model from a URL needs its SHA-256, so that what arrives can be checked. Its publisher names it.');
  if (!URL.canParse(address)) throw usage(`${address} is no URL.`);
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw usage(`${address} is not an https address.`);
  return { source: url.href, sizeBytes: await remoteSize(url, network), sha256 };
};

/**
 * Describes a user's own weights in `<dataFolder>/models/<id>.json`; `pull` then checks and places them like any other.
 * @returns the descriptor; its licence note is to be shown
 * @throws ExpectedError invalid_input (no SHA-256 for a URL, a wrong one, a taken id), file_unreadable, offline, download_failed
 */
export const describeUserModel = async (dataFolder: string, model: UserModel, network: NetworkSettings = {}): Promise<ForegroundDescriptor> => {
  const { file, url, family: name } = model;
  if ((file === undefined) === (url === undefined)) throw usage('Name either a file or a URL of the weights.');
  if (model.sha256 !== undefined && !/^[0-9a-f]{64}$/.test(model.sha256)) throw usage(`${model.sha256} is no SHA-256: 64 hexadecimal digits in lower case.`);
  const id = model.id ?? idFrom(file ?? new URL(url ?? '', 'https://host').pathname);
  if (!modelIdPattern.test(id)) throw usage(`'${id}' can't be a model's id: lower-case letters, digits, dots and dashes, 2 to 64 of them.`);
  const family: UserFamily = userFamilies[name];
  const weights = file !== undefined ? await fromFile(file, model.sha256) : await fromUrl(url ?? '', model.sha256, network);
  const descriptor: ForegroundDescriptor = {
    id: asId<ModelId>(id),
    label: model.label ?? `${family.label} (${id})`,
    task: 'foreground',
    source: weights.source,
    sha256: asId<Sha256>(weights.sha256),
    sizeBytes: weights.sizeBytes,
    licence: { package: null, ...family.licence },
    adapter: {
      family: family.family,
      input: { name: null, widthPx: family.sidePx, heightPx: family.sidePx, divisor: 255, mean: [...family.mean], std: [...family.std] },
      output: { name: null, activation: family.activation },
    },
  };
  const path = join(dataFolder, 'models', `${id}.json`);
  await makeFolder(join(dataFolder, 'models'));
  try {
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(`${JSON.stringify(descriptor, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw usage(`There is a model ${id} already (${path}); give another id.`);
    throw fileError(error, path);
  }
  return descriptor;
};
