import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fileNamings } from '../../../shared/contracts/rpc/exports.ts';
import { exportFormatIds } from '../../../shared/domain/formatIds.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { TargetPlace } from '../../../shared/domain/targetPlace.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { isFileLocked, takeFileLock } from '../../base/fileLock.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { ExportRequest } from './exportRequest.ts';

const share = z.number();
const requestSchema: z.ZodType<ExportRequest> = z.object({
  snapshotId: z.string().transform((id) => asId<ExportRequest['snapshotId']>(id)),
  format: z.enum(exportFormatIds),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  withPhotos: z.boolean(),
  split: z.object({ shares: z.object({ train: share, val: share, test: share }), seed: z.int() }).nullable(),
  categories: z.discriminatedUnion('kind', [z.object({ kind: z.literal('one'), name: z.string() }), z.object({ kind: z.literal('product') })]),
  // One that was begun by an older version has none.
  names: z.enum(fileNamings).default('ids'),
  target: z.discriminatedUnion('kind', [z.object({ kind: z.enum(['folder', 'zip']), path: z.string() }), z.object({ kind: z.literal('s3'), url: z.string() })]),
  verify: z.boolean(),
  overwrite: z.boolean(),
  restart: z.boolean(),
});

const recordSchema = z.object({
  exportId: z.string(),
  request: requestSchema,
  setName: z.string(),
  number: z.int(),
  total: z.int(),
  location: z.string(),
  scratch: z.string(),
  startedAtMs: z.number(),
});
export type ExportRecord = z.infer<typeof recordSchema>;

/** One a place: two exports to one place are the same, or in each other's way. */
export const exportIdOf = (place: TargetPlace): string => sha256Hex(JSON.stringify(place.kind === 's3' ? [place.kind, place.url] : [place.kind, place.path])).slice(0, 24);

/** Exports of this machine that were begun and are not finished, a file each. */
export interface ExportRecords {
  /** Newest first. What has left nothing behind is forgotten on the way. */
  list(): Promise<readonly (ExportRecord & { readonly isRunning: boolean })[]>;
  /** @throws ExpectedError not_found */
  get(exportId: string): Promise<ExportRecord>;
  keep(record: ExportRecord): Promise<void>;
  forget(exportId: string): Promise<void>;
  /** While it is worked on. @returns gives it back. @throws ExpectedError target_exists where somebody is at work on it */
  hold(exportId: string, location: string): Promise<() => Promise<void>>;
}

export const openExportRecords = (folder: string): ExportRecords => {
  const fileOf = (exportId: string): string => join(folder, `${exportId}.json`);
  const lockOf = (exportId: string): string => join(folder, `${exportId}.lock`);
  const read = async (exportId: string): Promise<ExportRecord | null> => {
    if (!/^[0-9a-f]+$/.test(exportId)) return null;
    try {
      return recordSchema.parse(JSON.parse(await readFile(fileOf(exportId), 'utf8')));
    } catch (error) {
      // A torn one, or one of another version, can't be gone on with from here; its target still can, by asking for the same export again.
      if (error instanceof SyntaxError || error instanceof z.ZodError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw fileError(error, fileOf(exportId));
    }
  };
  const forget = (exportId: string): Promise<void> => rm(fileOf(exportId), { force: true });
  return {
    list: async () => {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw fileError(error, folder);
      });
      const found: (ExportRecord & { isRunning: boolean })[] = [];
      for (const name of names.filter((each) => each.endsWith('.json'))) {
        const record = await read(name.slice(0, -'.json'.length));
        if (record === null) continue;
        const isRunning = await isFileLocked(lockOf(record.exportId));
        if (isRunning || (await stat(record.scratch).catch(() => null)) !== null) found.push({ ...record, isRunning });
        else await forget(record.exportId);
      }
      return found.sort((a, b) => b.startedAtMs - a.startedAtMs);
    },
    get: async (exportId) => {
      const record = await read(exportId);
      if (record === null) throw new ExpectedError('not_found', 'That export is not waiting to be finished any more.');
      return record;
    },
    keep: async (record) => {
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(fileOf(record.exportId), JSON.stringify(record));
    },
    forget,
    hold: (exportId, location) =>
      takeFileLock(lockOf(exportId), {
        refusal: () => new ExpectedError('target_exists', `Another export is being written to ${location}. Wait for it, or cancel it.`),
      }),
  };
};
