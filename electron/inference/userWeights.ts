import { open, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asId, type ModelId, type Sha256 } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { makeFolder } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { remoteSize } from './download.ts';
import type { NetworkSettings } from './http.ts';
import { modelIdPattern, type ModelDescriptor, type WeightsFile } from './modelDescriptor.ts';
import { digestFile } from './tarball.ts';

/** A file of weights that a person names: a path or a URL. */
export interface NamedWeights {
  readonly where: string;
  /** Lower-case hex; needed with a URL, checked with a file. */
  readonly sha256?: string | undefined;
}

export const invalid = (message: string): ExpectedError => new ExpectedError('invalid_input', message);

export const isUrl = (where: string): boolean => /^https?:/.test(where);

const fromFile = async (path: string, wanted: string | undefined) => {
  const absolute = resolve(path);
  try {
    const { size } = await stat(absolute);
    const sha256 = await digestFile(absolute, 'sha256', 'hex');
    if (wanted !== undefined && wanted !== sha256) throw invalid(`${path} has SHA-256 ${sha256}, not ${wanted}.`);
    return { source: pathToFileURL(absolute).href, sizeBytes: size, sha256: asId<Sha256>(sha256) };
  } catch (error) {
    throw fileError(error, absolute);
  }
};

const fromUrl = async (address: string, sha256: string | undefined, network: NetworkSettings) => {
  if (sha256 === undefined) throw invalid('A model from a URL needs its SHA-256, so that what arrives can be checked. Its publisher names it.');
  if (!URL.canParse(address)) throw invalid(`${address} is no URL.`);
  const url = new URL(address);
  return { source: url.href, sizeBytes: await remoteSize(url, network), sha256: asId<Sha256>(sha256) };
};

/** @throws ExpectedError invalid_input (no SHA-256 for a URL, a wrong one), file_unreadable, offline, download_failed */
export const describeWeights = async ({ where, sha256 }: NamedWeights, network: NetworkSettings): Promise<Pick<WeightsFile, 'source' | 'sizeBytes' | 'sha256'>> => {
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw invalid(`${sha256} is no SHA-256: 64 hexadecimal digits in lower case.`);
  return isUrl(where) ? fromUrl(where, sha256, network) : fromFile(where, sha256);
};

/**
 * An id as asked for, else from the file's name in safe characters.
 * @throws ExpectedError invalid_input
 */
export const modelIdFor = (asked: string | undefined, where: string): ModelId => {
  const name = basename(isUrl(where) && URL.canParse(where) ? new URL(where).pathname : where);
  const id =
    asked ??
    name
      .replace(/\.(onnx|ort)$/i, '')
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
      .slice(0, 64);
  if (!modelIdPattern.test(id)) throw invalid(`'${id}' can't be a model's id: lower-case letters, digits, dots and dashes, 2 to 64 of them.`);
  return asId<ModelId>(id);
};

export const descriptorPath = (dataFolder: string, modelId: ModelId): string => join(dataFolder, 'models', `${modelId}.json`);

/** @throws ExpectedError invalid_input where the id is taken, permission_denied */
export const writeUserDescriptor = async (dataFolder: string, descriptor: ModelDescriptor): Promise<void> => {
  const path = descriptorPath(dataFolder, descriptor.id);
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
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw invalid(`There is a model ${descriptor.id} already (${path}); give another id.`);
    throw fileError(error, path);
  }
};
