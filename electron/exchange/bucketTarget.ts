import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, writeFileAtomic } from '../base/atomicFile.ts';
import { BugError, ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import { NameTable } from '../../shared/flat/nameTable.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { unfinishedMarker, type ExportTarget } from '../../shared/ports/exportTarget.ts';
import { openBucketSource } from './bucketSource.ts';
import { checkExportPath } from './exportPath.ts';
import { assertReplaceable, isExportOfOurs, targetStanding, type Standing } from './finishedExport.ts';
import { limitInFlight, type InFlight } from './inFlight.ts';
import { isThere, onDisk } from './onDisk.ts';
import { assertNoneForeign, foreignAmong, ownFilesName } from './ownFiles.ts';
import { openPutLog, putLogMark, type PutLog } from './putLog.ts';
import { removeScratch } from './scratch.ts';
import { lockWriter, type WriterLock } from './writerLock.ts';

const checkpointSchema = z.object({ kind: z.literal('bucket'), run: z.string(), log: putLogMark });

/** Small files wait for the server, not for each other. */
const requestsAtOnce = 8;

export interface BucketTargetOptions {
  /** Opened at the prefix, so that its keys are the export's paths. */
  readonly blobs: BlobStore;
  /** Last part of the place, for the source that reads it back. */
  readonly name: string;
  /** `s3://bucket/prefix` */
  readonly url: string;
  readonly scratch: string;
  readonly overwrite: boolean;
}

interface Writing {
  readonly run: string;
  readonly lock: WriterLock;
  readonly log: PutLog;
  readonly requests: InFlight;
}

const markerText = (run: string): string =>
  ['This export is not finished: its files are being written, or were when it was interrupted. Do not use them.', 'Maskdesk removes this file when the export is finished.', `Begun on ${hostname()}.`, `Run ${run}`, ''].join('\n');
const runOf = (marker: string): string | null => /^Run (\S+)$/m.exec(marker)?.[1] ?? null;

/**
 * Objects under their own names beside a marker that is there first and removed last: a bucket can't rename. So an export that is replaced is marked as unfinished from
 * the first file on, not only for a moment. What was put is noted in the scratch folder of this machine.
 */
export const openBucketTarget = ({ blobs, name, url, scratch, overwrite }: BucketTargetOptions): ExportTarget => {
  const logFile = join(scratch, 'objects.log');
  const runFile = join(scratch, 'run');
  let writing: Writing | null = null;

  const current = (): Writing => {
    if (writing === null) throw new BugError('The target was not begun, or is closed');
    return writing;
  };

  /** The run that the marker in the bucket belongs to; null: there is no marker. */
  const markedRun = async (): Promise<string | null> => {
    try {
      return runOf(new TextDecoder().decode(await blobs.get(unfinishedMarker))) ?? 'unknown';
    } catch (error) {
      if (!isExpected(error, 'blob_missing')) throw error;
      return null;
    }
  };
  const runHere = async (): Promise<string | null> => ((await isThere(runFile)) ? onDisk(runFile, () => readFile(runFile, 'utf8')) : null);

  const standing = async (): Promise<Standing> => {
    const top = new Set<string>();
    for (const sign of ['manifest.jsonl', 'DATACARD.md']) if (await blobs.has(sign)) top.add(sign);
    if (isExportOfOurs(top)) return 'export';
    const first = await blobs.list('')[Symbol.asyncIterator]().next();
    return first.done === true ? 'nothing' : 'other';
  };

  const removeKeys = async (keys: AsyncIterable<string>): Promise<void> => {
    const requests = limitInFlight(requestsAtOnce);
    for await (const key of keys) await requests.add(() => blobs.remove(key));
    await requests.settled();
  };
  async function* filesThere(except: Pick<NameTable, 'has'> = new Set<string>()): AsyncGenerator<string> {
    for await (const key of blobs.list('')) if (key !== unfinishedMarker && !except.has(key)) yield key;
  }
  /** The list of the export that stands there. */
  async function* ownFiles(): AsyncGenerator<string> {
    try {
      yield* new TextDecoder().decode(await blobs.get(ownFilesName)).split('\n');
    } catch (error) {
      if (!isExpected(error, 'blob_missing')) throw error;
    }
  }
  const removeAll = async (): Promise<void> => {
    await removeKeys(filesThere());
    await blobs.remove(unfinishedMarker);
  };

  /**
   * Leaves what was put and nothing else.
   * @throws ExpectedError file_unreadable where something that was put is gone
   */
  const keepOnly = async (log: PutLog, files: number): Promise<void> => {
    let found = 0;
    for await (const { key } of blobs.listSized('')) if (key !== unfinishedMarker) found++;
    if (found === files) return;
    const kept = new NameTable(files);
    for await (const key of log.paths()) kept.add(key);
    await removeKeys(filesThere(kept));
    let missing = kept.count;
    for await (const key of filesThere()) missing -= kept.has(key) ? 1 : 0;
    if (missing !== 0) throw new ExpectedError('file_unreadable', `${missing} of the files that were written to ${url} are gone. Begin the export anew.`);
  };

  /** @returns the run that goes on, or that begins */
  const claim = async (goesOn: string | null): Promise<string> => {
    const marked = await markedRun();
    if (goesOn !== null) {
      if (marked === goesOn) return goesOn;
      if (marked === null && (await standing()) === 'export') {
        await removeScratch(scratch);
        throw new ExpectedError('target_exists', `${url} was finished just before the interruption: there is nothing left to do.`);
      }
      throw new ExpectedError('file_unreadable', `What the interrupted export wrote to ${url} is gone, or was begun anew from another place. Begin it anew.`);
    }
    if (marked === null) {
      const found = await standing();
      assertReplaceable(found, overwrite, url);
      if (found === 'export') assertNoneForeign(await foreignAmong(ownFiles(), filesThere()), url);
    }
    if (marked !== null && marked !== (await runHere()) && !overwrite) {
      throw new ExpectedError('target_exists', `At ${url} lies an unfinished export that was begun on another machine (${unfinishedMarker} tells which). Finish it there, choose another place, or have it replaced.`, { details: { allowedBy: 'overwrite' } });
    }
    const run = randomUUID();
    // Whatever happens from here on, it is known to be this machine's.
    await writeFileAtomic(runFile, run);
    await blobs.put(unfinishedMarker, new TextEncoder().encode(markerText(run)));
    if (marked !== null) await removeKeys(filesThere());
    return run;
  };

  const end = async (): Promise<void> => {
    const ended = writing;
    writing = null;
    await ended?.requests.ended();
    await ended?.log.close();
    await ended?.lock.release();
  };

  const putFile = async (path: string, file: string): Promise<void> => {
    const { log } = current();
    await blobs.putFile(checkExportPath(path, url), file);
    await log.add(path);
  };

  return {
    location: url,
    scratch,
    look: async () => targetStanding(await standing()),
    // One of this machine that was interrupted looks like anything: whose it is, its marker says, to begin.
    check: async () => ((await markedRun()) === null ? assertReplaceable(await standing(), overwrite, url) : undefined),
    begin: async (checkpoint) => {
      if (writing !== null) throw new BugError('The target was begun already');
      const from = checkpoint === null ? null : checkpointSchema.parse(checkpoint);
      await onDisk(scratch, () => makeFolder(scratch));
      const lock = await lockWriter(scratch, url);
      try {
        const run = await claim(from?.run ?? null);
        const log = await openPutLog(logFile, from?.log ?? null);
        writing = { run, lock, log, requests: limitInFlight(requestsAtOnce) };
        if (from !== null) await keepOnly(log, from.log.files);
      } catch (error) {
        if (writing === null) await lock.release();
        await end();
        // Refused before anything was begun: nothing of ours is to be found.
        if (!(await runHere().catch(() => ''))) await removeScratch(scratch);
        throw error;
      }
    },
    put: async (path, bytes) => {
      const { log, requests } = current();
      checkExportPath(path, url);
      await requests.add(() => blobs.put(path, bytes));
      await log.add(path);
    },
    putFile,
    putReport: async (fileName, file) => {
      await putFile(fileName, file);
      return `${url}/${fileName}`;
    },
    checkpoint: async () => {
      const { run, log, requests } = current();
      await requests.settled();
      return { kind: 'bucket', run, log: await log.mark() } satisfies z.infer<typeof checkpointSchema>;
    },
    readBack: async () => {
      await current().requests.settled();
      return openBucketSource(blobs, name, { tempFolder: scratch, maxFiles: Infinity });
    },
    commit: async () => {
      const { run, log, requests } = current();
      await requests.settled();
      if ((await markedRun()) !== run) throw new ExpectedError('target_exists', `The mark of this export at ${url} is gone, or another machine has begun one there meanwhile. Begin it anew.`);
      await keepOnly(log, (await log.mark()).files);
      await blobs.putFile(ownFilesName, logFile);
      await blobs.remove(unfinishedMarker);
      await end();
      await removeScratch(scratch);
    },
    discard: async () => {
      if (writing !== null) {
        await writing.requests.ended();
        await removeAll();
        await end();
      } else {
        if (!(await isThere(scratch))) return;
        const lock = await lockWriter(scratch, url);
        try {
          const run = await runHere();
          if (run !== null && (await markedRun()) === run) await removeAll();
        } finally {
          await lock.release();
        }
      }
      await removeScratch(scratch);
    },
    close: end,
  };
};
