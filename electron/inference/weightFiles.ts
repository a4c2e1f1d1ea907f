import { readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { syncFolder, writeFileAtomic } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { filesOf, type ModelDescriptor, type WeightsFile } from './modelDescriptor.ts';
import { weightsEnding } from './modelSource.ts';
import { digestFile } from './tarball.ts';

export type WeightsState = 'ready' | 'missing' | 'corrupt';

/** Written beside weights whose digest was seen to be right: while size and date stay, they are not digested again. */
const recordSchema = z.object({ sizeBytes: z.number(), modifiedMs: z.number() }).loose();

/** Where weights lie in the cache and whether they may be used. */
export class WeightFiles {
  readonly modelsFolder: string;

  constructor(cacheFolder: string) {
    this.modelsFolder = join(cacheFolder, 'models');
  }

  folderOf({ id }: ModelDescriptor): string {
    return join(this.modelsFolder, id);
  }

  pathOf(model: ModelDescriptor, { sha256, source }: WeightsFile): string {
    return join(this.folderOf(model), `${sha256}${weightsEnding(source)}`);
  }

  #recordOf(model: ModelDescriptor, { sha256 }: WeightsFile): string {
    return join(this.folderOf(model), `${sha256}.json`);
  }

  #licenceOf(model: ModelDescriptor, { sha256 }: WeightsFile): string {
    return join(this.folderOf(model), `${sha256}.licence.txt`);
  }

  /** Of all its files: the worst. @param digest true: read every byte even if size and date are as recorded */
  async state(model: ModelDescriptor, digest = false): Promise<WeightsState> {
    const states = await Promise.all(filesOf(model).map((file) => this.stateOf(model, file, digest)));
    return states.find((state) => state === 'corrupt') ?? states.find((state) => state === 'missing') ?? 'ready';
  }

  /** Of one of its files. */
  async stateOf(model: ModelDescriptor, file: WeightsFile, digest = false): Promise<WeightsState> {
    const path = this.pathOf(model, file);
    let sizeBytes: number;
    let modifiedMs: number;
    try {
      ({ size: sizeBytes, mtimeMs: modifiedMs } = await stat(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
      throw fileError(error, path);
    }
    if (sizeBytes !== file.sizeBytes) return 'corrupt';
    const record = digest ? null : await this.#readRecord(model, file);
    if (record?.sizeBytes === sizeBytes && record.modifiedMs === modifiedMs) return 'ready';
    if ((await digestFile(path, 'sha256', 'hex')) !== file.sha256) {
      // Size and date tell nothing about this file any more.
      await rm(this.#recordOf(model, file), { force: true });
      return 'corrupt';
    }
    await this.#writeRecord(model, file, sizeBytes, modifiedMs);
    return 'ready';
  }

  /** Takes them off this machine. @throws ExpectedError permission_denied */
  async remove(model: ModelDescriptor): Promise<void> {
    for (const file of filesOf(model)) {
      const path = this.pathOf(model, file);
      try {
        await rm(this.#recordOf(model, file), { force: true });
        await rm(path, { force: true });
        await rm(this.#licenceOf(model, file), { force: true });
      } catch (error) {
        throw fileError(error, path);
      }
    }
    // What somebody put there beside them stays.
    await rmdir(this.folderOf(model)).catch(() => undefined);
  }

  /**
   * Puts a finished file in its place if it is what the descriptor says; removes it otherwise.
   * @param temporary in the model's folder, synced
   * @throws ExpectedError model_corrupt
   */
  async place(model: ModelDescriptor, file: WeightsFile, temporary: string, licenceText: string, signal?: AbortSignal): Promise<void> {
    const path = this.pathOf(model, file);
    try {
      const { size, mtimeMs } = await stat(temporary);
      const digest = await digestFile(temporary, 'sha256', 'hex', signal);
      if (size !== file.sizeBytes || digest !== file.sha256) {
        throw new ExpectedError('model_corrupt', `What was fetched for ${model.id} is not the published file (its SHA-256 differs), so it was thrown away.`, {
          details: { expected: file.sha256, found: digest },
        });
      }
      await this.#writeLicence(model, file, licenceText);
      await rename(temporary, path);
      await syncFolder(dirname(path));
      await this.#writeRecord(model, file, size, mtimeMs);
    } catch (error) {
      await rm(temporary, { force: true });
      throw fileError(error, path);
    }
  }

  async #readRecord(model: ModelDescriptor, file: WeightsFile): Promise<z.infer<typeof recordSchema> | null> {
    try {
      return recordSchema.parse(JSON.parse(await readFile(this.#recordOf(model, file), 'utf8')));
    } catch {
      // Absent or torn: the digest decides, and a new record is written.
      return null;
    }
  }

  async #writeRecord(model: ModelDescriptor, file: WeightsFile, sizeBytes: number, modifiedMs: number): Promise<void> {
    const { id, licence } = model;
    const { source, sha256 } = file;
    const record = { id, source, sha256, licence, sizeBytes, modifiedMs, verifiedAt: new Date().toISOString() };
    // A cache that may be read but not written (shared by an administrator) is digested at each start instead.
    await writeFileAtomic(this.#recordOf(model, file), `${JSON.stringify(record, null, 2)}\n`).catch((error: unknown) => {
      if (!(error instanceof ExpectedError) || error.code !== 'permission_denied') throw error;
    });
  }

  async #writeLicence(model: ModelDescriptor, file: WeightsFile, licenceText: string): Promise<void> {
    const { id, label, licence } = model;
    const lines = [`${label} (${id})`, `Source: ${file.source}`, `Licence of the weights: ${licence.weights}`];
    if (licence.package !== null) lines.push(`Licence of the package: ${licence.package}`);
    if (licence.note !== null) lines.push(licence.note);
    await writeFileAtomic(this.#licenceOf(model, file), `${[...lines, '', licenceText].join('\n')}\n`);
  }
}
