import { copyFile, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { makeFolder, syncFolder } from '../../base/atomicFile.ts';
import { Mutex } from '../../base/mutex.ts';
import { BugError, ExpectedError } from '../../../shared/errors/errors.ts';
import type { ExportTarget } from '../../../shared/ports/exportTarget.ts';
import { checkExportPath } from '../exportPath.ts';
import { assertReplaceable, isDanglingLink, isExportOfOurs, type Standing } from '../finishedExport.ts';
import { isThere, onDisk } from '../onDisk.ts';
import { checkPlace, claimScratch, discardScratch, lookAt, removeScratch, scratchOf, type ScratchUse } from '../scratch.ts';
import { syncFile } from '../unsynced.ts';
import type { WriterLock } from '../writerLock.ts';
import { openZipSource } from './zipSource.ts';
import { openZipWriter, zipMark, type ZipWriter } from './zipWriter.ts';

const checkpointSchema = z.object({ kind: z.literal('zip'), mark: zipMark });

/** Of our own making, and as large as it has to be. */
const noLimits = { totalBytes: Infinity, ratio: Infinity, ratioFromBytes: Infinity };

const standingZip = async (file: string): Promise<Standing> => {
  if (!(await isThere(file))) return (await isDanglingLink(file)) ? 'other' : 'nothing';
  if (!(await stat(file)).isFile()) return 'other';
  const source = await openZipSource(file, { limits: noLimits, maxFiles: Infinity }).catch(() => null);
  if (source === null) return 'other';
  try {
    return isExportOfOurs(new Set((await source.files()).map(({ path }) => path))) ? 'export' : 'other';
  } catch (error) {
    if (error instanceof ExpectedError) return 'other';
    throw error;
  } finally {
    await source.close();
  }
};

/**
 * A zip that is streamed into `<out>.maskdesk-part/export.zip` and gets its own name at commit: an older one is there until the new one is. The report lies beside it
 * (`<name>.report.jsonl`).
 * @param path with or without `.zip`
 */
export const openZipTarget = async (path: string, { overwrite }: { readonly overwrite: boolean }): Promise<ExportTarget> => {
  const named = resolve(/\.zip$/i.test(path) ? path : `${path}.zip`);
  const out = await realpath(named).catch(() => named);
  const scratch = scratchOf(out);
  const zipFile = join(scratch, 'export.zip');
  const directoryFile = join(scratch, 'directory');
  const reportsFolder = join(scratch, 'reports');
  const besideOut = (fileName: string): string => join(dirname(out), `${basename(out).replace(/\.zip$/i, '')}.${fileName}`);
  const turn = new Mutex();
  let writing: { readonly lock: WriterLock; readonly zip: ZipWriter; isWhole: boolean } | null = null;

  const current = (): NonNullable<typeof writing> => {
    if (writing === null) throw new BugError('The target was not begun, or is closed');
    return writing;
  };

  const reports = async (): Promise<readonly string[]> => ((await isThere(reportsFolder)) ? readdir(reportsFolder) : []);
  const placeReports = async (): Promise<void> => {
    for (const name of await reports()) await rename(join(reportsFolder, name), besideOut(name));
    await syncFolder(dirname(out));
  };

  /** A report is replaced along with its zip, and never alone: it may be anybody's. */
  const assertReportFree = async (place: string): Promise<void> => {
    if ((await isThere(place)) && !(overwrite && (await use.standing()) === 'export')) throw new ExpectedError('target_exists', `${place} is there already. Choose another name for the zip, or remove it.`);
  };

  const use: ScratchUse = {
    folder: scratch,
    location: out,
    overwrite,
    standing: () => onDisk(out, () => standingZip(out)),
    // The zip has its name already, its report has not.
    recover: () => onDisk(out, async () => ((await isThere(directoryFile)) && !(await isThere(zipFile)) ? placeReports() : undefined)),
    isFinishedAlready: async () => (await isThere(directoryFile)) && !(await isThere(zipFile)) && (await standingZip(out)) === 'export',
  };

  /** In the order of the calls: each has its own bytes in the file. */
  const putting = (name: string, put: (zip: ZipWriter) => Promise<void>): Promise<void> =>
    turn.run(async () => {
      const now = current();
      checkExportPath(name, out);
      now.isWhole = false;
      await onDisk(zipFile, () => put(now.zip));
    });

  const finish = (): Promise<void> =>
    turn.run(async () => {
      const now = current();
      if (!now.isWhole) await onDisk(zipFile, () => now.zip.finish());
      now.isWhole = true;
    });

  const end = async (): Promise<void> => {
    const ended = writing;
    writing = null;
    await ended?.zip.close();
    await ended?.lock.release();
  };

  return {
    location: out,
    scratch,
    look: () => lookAt(use),
    check: () => checkPlace(use),
    begin: async (checkpoint) => {
      if (writing !== null) throw new BugError('The target was begun already');
      const from = checkpoint === null ? null : checkpointSchema.parse(checkpoint).mark;
      const lock = await claimScratch(use, from !== null);
      try {
        if (from === null) await assertReportFree(besideOut('report.jsonl'));
        await onDisk(reportsFolder, () => rm(reportsFolder, { recursive: true, force: true }));
        writing = { lock, zip: await onDisk(zipFile, () => openZipWriter(zipFile, directoryFile, from)), isWhole: false };
      } catch (error) {
        await lock.release();
        throw error;
      }
    },
    put: (name, bytes) => putting(name, (zip) => zip.put(name, bytes)),
    putFile: (name, file) => putting(name, (zip) => zip.putFile(name, file)),
    putReport: async (fileName, file) => {
      current();
      checkExportPath(fileName, out);
      const place = besideOut(fileName);
      await assertReportFree(place);
      const report = join(reportsFolder, fileName);
      await onDisk(file, () => stat(file));
      await onDisk(report, async () => {
        await makeFolder(reportsFolder);
        await copyFile(file, report);
        await syncFile(report);
      });
      return place;
    },
    checkpoint: () => turn.run(async () => ({ kind: 'zip', mark: await onDisk(zipFile, () => current().zip.mark()) }) satisfies z.infer<typeof checkpointSchema>),
    readBack: async () => {
      await finish();
      return openZipSource(zipFile, { limits: noLimits, maxFiles: Infinity, tempFolder: scratch, location: out });
    },
    commit: async () => {
      await finish();
      const standing = await use.standing();
      assertReplaceable(standing, overwrite, out);
      await onDisk(out, async () => {
        const stale = besideOut('report.jsonl');
        // What was found in the zip that is replaced says nothing of this one.
        if (standing === 'export') await rm(stale, { force: true });
        await rename(zipFile, out);
        await placeReports();
      });
      await end();
      await removeScratch(scratch);
    },
    discard: async () => {
      if (writing === null) return discardScratch(use);
      await end();
      await removeScratch(scratch);
    },
    close: end,
  };
};
