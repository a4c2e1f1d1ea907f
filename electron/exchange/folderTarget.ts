import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, opendir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { makeFolder, syncFolder } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { BugError, ExpectedError } from '../../shared/errors/errors.ts';
import { NameTable } from '../../shared/flat/nameTable.ts';
import type { ExportTarget } from '../../shared/ports/exportTarget.ts';
import { checkExportPath } from './exportPath.ts';
import { assertReplaceable, standingAt } from './finishedExport.ts';
import { openFolderSource } from './folderSource.ts';
import { isThere, onDisk } from './onDisk.ts';
import { assertOnlyOwnFiles, ownFilesName } from './ownFiles.ts';
import { openPutLog, putLogMark, type PutLog } from './putLog.ts';
import { checkPlace, claimScratch, discardScratch, lookAt, removeScratch, scratchOf, type ScratchUse } from './scratch.ts';
import { trackUnsynced } from './unsynced.ts';
import type { WriterLock } from './writerLock.ts';

const checkpointSchema = z.object({ kind: z.literal('folder'), log: putLogMark });

interface Writing {
  readonly lock: WriterLock;
  readonly log: PutLog;
}

/**
 * A folder that is written under another name beside it (`<out>.maskdesk-part/files`) and gets its own at commit. One that it replaces is moved into the scratch folder
 * for that moment (`old`): a kill between the two renames is put right by the next `begin` or `discard`.
 */
export const openFolderTarget = async (path: string, { overwrite }: { readonly overwrite: boolean }): Promise<ExportTarget> => {
  // Where it is a link to a folder, that one is replaced, not the link.
  const out = await realpath(path).catch(() => resolve(path));
  const scratch = scratchOf(out);
  const filesFolder = join(scratch, 'files');
  const old = join(scratch, 'old');
  const logFile = join(scratch, 'files.log');
  const unsynced = trackUnsynced();
  const madeFolders = new Set<string>();
  let writing: Writing | null = null;

  const current = (): Writing => {
    if (writing === null) throw new BugError('The target was not begun, or is closed');
    return writing;
  };

  const use: ScratchUse = {
    folder: scratch,
    location: path,
    overwrite,
    standing: () => standingAt(out),
    // What stood there goes back, unless the new one has its place already.
    recover: () =>
      onDisk(out, async () => {
        if (!(await isThere(old))) return;
        if (await isThere(out)) await rm(old, { recursive: true });
        else await rename(old, out);
        await syncFolder(dirname(out));
      }),
    isFinishedAlready: async () => (await isThere(logFile)) && !(await isThere(filesFolder)) && (await standingAt(out)) === 'export',
  };

  const folderFor = async (file: string): Promise<void> => {
    const folder = dirname(file);
    unsynced.folder(folder);
    if (madeFolders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    for (let parent = folder; parent !== scratch && !madeFolders.has(parent); parent = dirname(parent)) {
      madeFolders.add(parent);
      unsynced.folder(dirname(parent));
    }
  };

  /** @param write fills the file, which is not there yet */
  const putting = async (name: string, write: (file: string) => Promise<void>): Promise<void> => {
    const { log } = current();
    const file = join(filesFolder, ...checkExportPath(name, path).split('/'));
    try {
      await folderFor(file);
      await write(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new BugError(`${name} is put twice into ${path}`, { cause: error });
      throw fileError(error, file);
    }
    await unsynced.file(file);
    await log.add(name);
  };

  const putFile = (name: string, from: string): Promise<void> =>
    putting(name, async (file) => {
      const source = await open(from, constants.O_RDONLY).catch((error: unknown) => Promise.reject(fileError(error, from) as Error));
      await pipeline(createReadStream(from, { fd: source }), createWriteStream(file, { flags: 'wx' }));
    });

  /** Removes what was put after the checkpoint, and makes sure that all before is there. */
  const keepOnly = async (log: PutLog, files: number): Promise<void> => {
    const kept = new NameTable(files);
    for await (const name of log.paths()) kept.add(name);
    let found = 0;
    /** Few: what was put in a second. Removed once all is listed, since listing may skip where something is removed meanwhile. */
    const tooMany: string[] = [];
    const walk = async (folder: string, below: string): Promise<void> => {
      for await (const entry of await opendir(folder)) {
        const name = `${below}${entry.name}`;
        if (entry.isDirectory()) await walk(join(folder, entry.name), `${name}/`);
        else if (kept.has(name)) found++;
        else tooMany.push(name);
      }
    };
    await walk(filesFolder, '');
    for (const name of tooMany) await rm(join(filesFolder, name));
    if (found !== files) throw new ExpectedError('file_unreadable', `${files - found} of the files that were written to ${scratch} before the interruption are gone. Begin the export anew.`);
  };

  const end = async (): Promise<void> => {
    const ended = writing;
    writing = null;
    await ended?.log.close();
    await ended?.lock.release();
  };

  return {
    location: path,
    scratch,
    look: () => lookAt(use),
    check: () => checkPlace(use),
    begin: async (checkpoint) => {
      if (writing !== null) throw new BugError('The target was begun already');
      const from = checkpoint === null ? null : checkpointSchema.parse(checkpoint).log;
      // Before anything is made, and not only once all is written.
      if (overwrite && (await standingAt(out)) === 'export') await assertOnlyOwnFiles(out, path);
      const lock = await claimScratch(use, from !== null);
      try {
        await onDisk(filesFolder, async () => {
          if (from === null) await rm(filesFolder, { recursive: true, force: true });
          await makeFolder(filesFolder);
        });
        const log = await openPutLog(logFile, from);
        writing = { lock, log };
        if (from !== null) await onDisk(filesFolder, () => keepOnly(log, from.files));
      } catch (error) {
        if (writing === null) await lock.release();
        await end();
        throw error;
      }
    },
    put: (name, bytes) =>
      putting(name, async (file) => {
        const handle = await open(file, 'wx');
        try {
          await handle.writeFile(bytes);
        } finally {
          await handle.close();
        }
      }),
    putFile,
    putReport: async (fileName, from) => {
      await putFile(fileName, from);
      return join(out, fileName);
    },
    checkpoint: async () => {
      const { log } = current();
      // The files before the log that tells of them.
      await unsynced.sync();
      return { kind: 'folder', log: await log.mark() } satisfies z.infer<typeof checkpointSchema>;
    },
    readBack: () => openFolderSource(filesFolder, { maxFiles: Infinity }),
    commit: async () => {
      const { log } = current();
      await log.mark();
      const list = join(filesFolder, ownFilesName);
      await onDisk(list, () => copyFile(logFile, list));
      await unsynced.file(list);
      await unsynced.sync();
      const standing = await standingAt(out);
      assertReplaceable(standing, overwrite, path);
      if (standing === 'export') await assertOnlyOwnFiles(out, path);
      await onDisk(out, async () => {
        if (standing === 'empty') await rmdir(out);
        if (standing === 'export') await rename(out, old);
        await rename(filesFolder, out);
        await syncFolder(dirname(out));
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
