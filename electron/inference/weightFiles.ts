import { readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { syncFolder, writeFileAtomic } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import type { ModelDescriptor } from './modelDescriptor.ts';
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

  pathOf(descriptor: ModelDescriptor): string {
    return join(this.folderOf(descriptor), `${descriptor.sha256}.onnx`);
  }

  #recordOf(descriptor: ModelDescriptor): string {
    return join(this.folderOf(descriptor), `${descriptor.sha256}.json`);
  }

  /** @param digest true: read every byte even if size and date are as recorded */
  async state(descriptor: ModelDescriptor, digest = false): Promise<WeightsState> {
    const path = this.pathOf(descriptor);
    let sizeBytes: number;
    let modifiedMs: number;
    try {
      ({ size: sizeBytes, mtimeMs: modifiedMs } = await stat(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
      throw fileError(error, path);
    }
    if (sizeBytes !== descriptor.sizeBytes) return 'corrupt';
    const record = digest ? null : await this.#readRecord(descriptor);
    if (record?.sizeBytes === sizeBytes && record.modifiedMs === modifiedMs) return 'ready';
    if ((await digestFile(path, 'sha256', 'hex')) !== descriptor.sha256) {
      // Size and date tell nothing about this file any more.
      await rm(this.#recordOf(descriptor), { force: true });
      return 'corrupt';
    }
    await this.#writeRecord(descriptor, sizeBytes, modifiedMs);
    return 'ready';
  }

  /** Takes them off this machine. @throws ExpectedError permission_denied */
  async remove(descriptor: ModelDescriptor): Promise<void> {
    const path = this.pathOf(descriptor);
    try {
      await rm(this.#recordOf(descriptor), { force: true });
      await rm(path, { force: true });
    } catch (error) {
      throw fileError(error, path);
    }
  }

  /**
   * Puts a finished file in its place if it is what the descriptor says; removes it otherwise.
   * @param temporary in the model's folder, synced
   * @throws ExpectedError model_corrupt
   */
  async place(descriptor: ModelDescriptor, temporary: string, licenceText: string, signal?: AbortSignal): Promise<void> {
    const path = this.pathOf(descriptor);
    try {
      const { size, mtimeMs } = await stat(temporary);
      const digest = await digestFile(temporary, 'sha256', 'hex', signal);
      if (size !== descriptor.sizeBytes || digest !== descriptor.sha256) {
        throw new ExpectedError('model_corrupt', `What was fetched for ${descriptor.id} is not the published file (its SHA-256 differs), so it was thrown away.`, {
          details: { expected: descriptor.sha256, found: digest },
        });
      }
      await this.#writeLicence(descriptor, licenceText);
      await rename(temporary, path);
      await syncFolder(dirname(path));
      await this.#writeRecord(descriptor, size, mtimeMs);
    } catch (error) {
      await rm(temporary, { force: true });
      throw fileError(error, path);
    }
  }

  async #readRecord(descriptor: ModelDescriptor): Promise<z.infer<typeof recordSchema> | null> {
    try {
      return recordSchema.parse(JSON.parse(await readFile(this.#recordOf(descriptor), 'utf8')));
    } catch {
      // Absent or torn: the digest decides, and a new record is written.
      return null;
    }
  }

  async #writeRecord(descriptor: ModelDescriptor, sizeBytes: number, modifiedMs: number): Promise<void> {
    const { id, source, sha256, licence } = descriptor;
    const record = { id, source, sha256, licence, sizeBytes, modifiedMs, verifiedAt: new Date().toISOString() };
    // A cache that may be read but not written (shared by an administrator) is digested at each start instead.
    await writeFileAtomic(this.#recordOf(descriptor), `${JSON.stringify(record, null, 2)}\n`).catch((error: unknown) => {
      if (!(error instanceof ExpectedError) || error.code !== 'permission_denied') throw error;
    });
  }

  async #writeLicence({ id, label, source, licence, ...descriptor }: ModelDescriptor, licenceText: string): Promise<void> {
    const lines = [`${label} (${id})`, `Source: ${source}`, `Licence of the weights: ${licence.weights}`];
    if (licence.package !== null) lines.push(`Licence of the package: ${licence.package}`);
    if (licence.note !== null) lines.push(licence.note);
    await writeFileAtomic(join(this.modelsFolder, id, `${descriptor.sha256}.licence.txt`), `${[...lines, '', licenceText].join('\n')}\n`);
  }
}
