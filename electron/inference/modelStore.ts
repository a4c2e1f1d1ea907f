import { join } from 'node:path';
import { noMaskByItself, type ModelStatus, type PullProgress } from '../../shared/domain/model.ts';
import type { ModelId } from '../../shared/domain/ids.ts';
import { ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import type { ModelStore } from '../../shared/ports/modelStore.ts';
import { readDescriptors, type DescriptorFault } from './descriptors.ts';
import type { NetworkSettings } from './http.ts';
import { filesOf, type ForegroundDescriptor, type InstancesDescriptor, type ModelDescriptor, type PeopleDescriptor, type PromptDescriptor } from './modelDescriptor.ts';
import { WeightFiles, type WeightsState } from './weightFiles.ts';
import { WeightsFetcher, type FetchOptions } from './weightsFetcher.ts';

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

/** The port, and what segmenters, prompts and `doctor` need beside it. */
export interface LocalModelStore extends ModelStore {
  /** Of any task. @throws ExpectedError model_unknown */
  descriptor(modelId: ModelId): Promise<ModelDescriptor>;
  /** @throws ExpectedError model_unknown: also of a model that does something else */
  foreground(modelId: ModelId): Promise<ForegroundDescriptor>;
  /** @throws ExpectedError model_unknown: also of a model that does something else */
  prompt(modelId: ModelId): Promise<PromptDescriptor>;
  /** @throws ExpectedError model_unknown: also of a model that does something else */
  people(modelId: ModelId): Promise<PeopleDescriptor>;
  /** @throws ExpectedError model_unknown: also of a model that does something else */
  instances(modelId: ModelId): Promise<InstancesDescriptor>;
  /** Every prompt model that is known, in the order of the list. */
  prompts(): Promise<readonly PromptDescriptor[]>;
  /** Of the weights of a model of one file that are there and right. @throws ExpectedError model_unknown, model_missing, model_corrupt; the sentence says what to do */
  pathOf(modelId: ModelId): Promise<string>;
  /** Of a prompt model's two files. Throws as `pathOf` does. */
  pathsOf(modelId: ModelId): Promise<{ readonly encoder: string; readonly decoder: string }>;
  /** Descriptors of the user's that could not be taken. */
  faults(): Promise<readonly DescriptorFault[]>;
}

export const createModelStore = (options: ModelStoreOptions): LocalModelStore => new DiskModelStore(options);

const howToGet = (id: string): string => `Run "maskdesk models pull ${id}", or choose Download in the models list.`;

class DiskModelStore implements LocalModelStore {
  readonly #options: ModelStoreOptions;
  readonly #files: WeightFiles;
  readonly #fetcher: WeightsFetcher;

  constructor(options: ModelStoreOptions) {
    this.#options = options;
    this.#files = new WeightFiles(options.cacheFolder);
    this.#fetcher = new WeightsFetcher({
      files: this.#files,
      cacheFolder: options.cacheFolder,
      registryFile: join(options.appFolder, 'resources', 'registry.json'),
      env: options.env ?? process.env,
      network: options.network ?? {},
    });
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

  async foreground(modelId: ModelId): Promise<ForegroundDescriptor> {
    const model = await this.descriptor(modelId);
    if (model.task !== 'foreground') throw new ExpectedError('model_unknown', noMaskByItself(model.label, model.id, model.task));
    return model;
  }

  async people(modelId: ModelId): Promise<PeopleDescriptor> {
    const model = await this.descriptor(modelId);
    if (model.task !== 'people') throw new ExpectedError('model_unknown', `${model.label} (${model.id}) does not tell people's parts apart.`);
    return model;
  }

  async instances(modelId: ModelId): Promise<InstancesDescriptor> {
    const model = await this.descriptor(modelId);
    if (model.task !== 'instances') throw new ExpectedError('model_unknown', `${model.label} (${model.id}) does not find things of named classes.`);
    return model;
  }

  async prompt(modelId: ModelId): Promise<PromptDescriptor> {
    const model = await this.descriptor(modelId);
    if (model.task !== 'prompt') throw new ExpectedError('model_unknown', `${model.label} (${model.id}) takes no prompts.`);
    return model;
  }

  async prompts(): Promise<readonly PromptDescriptor[]> {
    return (await this.#descriptors()).models.filter((model) => model.task === 'prompt');
  }

  async pathOf(modelId: ModelId): Promise<string> {
    const model = await this.descriptor(modelId);
    if (model.task === 'prompt') throw new ExpectedError('model_unknown', noMaskByItself(model.label, model.id, model.task));
    await this.#throwUnlessReady(model);
    return this.#files.pathOf(model, { ...model, role: 'model' });
  }

  async pathsOf(modelId: ModelId): Promise<{ readonly encoder: string; readonly decoder: string }> {
    const model = await this.prompt(modelId);
    await this.#throwUnlessReady(model);
    return {
      encoder: this.#files.pathOf(model, { ...model.encoder, role: 'encoder' }),
      decoder: this.#files.pathOf(model, { ...model.decoder, role: 'decoder' }),
    };
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

  async pull(modelId: ModelId, options: FetchOptions = {}): Promise<ModelStatus> {
    const model = await this.descriptor(modelId);
    try {
      const groups = this.#fetcher.groups(await this.#absent(model));
      const progress = summedProgress(groups.map((group) => sumOf(group)), options.onProgress);
      for (const [index, group] of groups.entries()) await this.#fetcher.fetch(model, group, { signal: options.signal, onProgress: progress(index) });
      return this.#statusOf(model, 'ready');
    } catch (error) {
      throw isExpected(error, 'offline') ? new ExpectedError('offline', `${error.message} When it is back: ${howToGet(model.id)}`, { cause: error }) : error;
    }
  }

  /** Files of the model that are not there or not right. */
  async #absent(model: ModelDescriptor) {
    const files = await Promise.all(filesOf(model).map(async (file) => ({ file, state: await this.#files.stateOf(model, file) })));
    return files.filter(({ state }) => state !== 'ready').map(({ file }) => file);
  }

  async #throwUnlessReady(model: ModelDescriptor): Promise<void> {
    const state = await this.#files.state(model);
    if (state === 'missing') throw new ExpectedError('model_missing', `The weights of ${model.label} (${model.id}) are not on this machine. ${howToGet(model.id)}`);
    if (state === 'corrupt') throw new ExpectedError('model_corrupt', `The weights of ${model.label} (${model.id}) are damaged. ${howToGet(model.id)}`);
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
      sizeBytes: sumOf(filesOf(model)),
      state,
      isDefault: model.task === 'foreground' && model.id === this.#options.defaultModelId,
    };
  }
}

const sumOf = (files: readonly { readonly sizeBytes: number }[]): number => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/**
 * One bar over downloads that come one after another: what is to come counts with its unpacked size until its own download says better.
 * @returns what listens to the download of that number
 */
const summedProgress =
  (expectedBytes: readonly number[], onProgress: FetchOptions['onProgress']) => {
    const totals: (number | null)[] = [...expectedBytes];
    return (index: number) => (step: PullProgress): void => {
      if (step.kind !== 'progress') return onProgress?.(step);
      totals[index] = step.totalBytes;
      const earlier = totals.slice(0, index).reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
      const totalBytes = totals.reduce<number | null>((sum, bytes) => (sum === null || bytes === null ? null : sum + bytes), 0);
      onProgress?.({ kind: 'progress', receivedBytes: earlier + step.receivedBytes, totalBytes });
    };
  };
