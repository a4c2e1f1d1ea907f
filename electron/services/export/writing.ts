import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetId } from '../../../shared/domain/ids.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { ExportTarget } from '../../../shared/ports/exportTarget.ts';
import { exportKey, exportWords, type SettledExport } from './exportKey.ts';
import { forgetJournal, readExportNote, readJournal, writeExportNote, writeJournal, type Journal } from './journal.ts';
import { Spools } from './spools.ts';

/** A kill costs at most what was written in this time; each note waits for the disk. */
export const standardNoteEveryMs = 1000;

const spoolsFolder = (scratch: string): string => join(scratch, 'spools');

/** A target that was begun, with what is noted down beside it so that another run can go on. */
export interface Writing {
  readonly target: ExportTarget;
  readonly spools: Spools;
  /** Whether some of it was written by an interrupted run. */
  readonly goesOn: boolean;
  /** Items that are in it. */
  readonly done: number;
  readonly files: number;
  readonly bytes: number;
  put(path: string, bytes: Uint8Array): Promise<void>;
  putFile(path: string, file: string, sizeBytes: number): Promise<void>;
  /** Writes one item; then it is in it whole, which is noted down from time to time. One that fails may be in it in part, and nothing is noted down any more. */
  item(write: () => Promise<void>): Promise<void>;
  /** What is in it now outlives a kill. */
  note(): Promise<void>;
  close(): Promise<void>;
}

const interrupted = (about: string, location: string): ExpectedError =>
  new ExpectedError('target_exists', `Another export (${about}) was interrupted on its way to ${location}. Finish that one with the choices that it was begun with, or throw it away and begin this one.`, { details: { allowedBy: 'restart' } });

/** What an interrupted run left there is thrown away by the next snapshot of the same set alone. @throws ExpectedError target_exists */
export const assertGivesWay = async ({ scratch, location }: Pick<ExportTarget, 'scratch' | 'location'>, setId: SetId): Promise<void> => {
  const note = await readExportNote(scratch);
  if (note !== null && note.setId !== setId) throw interrupted(note.about, location);
};

/** What an interrupted run of the same export left; null: nothing that can be used, or an older snapshot of the set. @throws ExpectedError target_exists where it is of another export */
const leftBehind = async (target: ExportTarget, settled: SettledExport, restart: boolean): Promise<Journal | null> => {
  const { scratch } = target;
  const note = await readExportNote(scratch);
  if (note === null || restart) return null;
  // The set was frozen anew since, and that is what is wanted there now: a nightly `--freeze` must not be stuck for ever on the night when the power went.
  const { setId, number } = settled.snapshot;
  if (note.setId === setId && note.snapshotNumber !== undefined && note.snapshotNumber < number) return null;
  if (note.key !== exportKey(settled)) {
    throw interrupted(note.about, target.location);
  }
  const journal = await readJournal(scratch);
  return journal !== null && journal.done <= settled.snapshot.entryCount && (await Spools.canGoOn(spoolsFolder(scratch), journal.spools)) ? journal : null;
};

/** Begins, or goes on. @throws ExpectedError target_exists, disk_full, permission_denied, blobs_unreachable */
export const beginWriting = async (target: ExportTarget, settled: SettledExport, { restart, noteEveryMs }: { readonly restart: boolean; readonly noteEveryMs: number }): Promise<Writing> => {
  const { scratch } = target;
  let journal = await leftBehind(target, settled, restart);
  try {
    await target.begin(journal?.checkpoint ?? null);
  } catch (error) {
    // What was noted down is not there any more: somebody cleared up. The same bytes are written again.
    if (journal === null || !isExpected(error, 'file_unreadable')) throw error;
    journal = null;
    await target.begin(null);
  }
  if (journal === null) {
    await forgetJournal(scratch);
    await rm(spoolsFolder(scratch), { recursive: true, force: true });
    await writeExportNote(scratch, { key: exportKey(settled), about: exportWords(settled), setId: settled.snapshot.setId, snapshotNumber: settled.snapshot.number });
  }
  const spools = await Spools.open(spoolsFolder(scratch), journal?.spools ?? {});
  let { done, files, bytes } = journal ?? { done: 0, files: 0, bytes: 0 };
  let notedAtMs = performance.now();
  let isWhole = true;
  const note = async (): Promise<void> => {
    if (!isWhole) return;
    await writeJournal(scratch, { done, files, bytes, spools: await spools.flush(), checkpoint: await target.checkpoint() });
    notedAtMs = performance.now();
  };
  const counted = (sizeBytes: number): void => {
    files++;
    bytes += sizeBytes;
  };
  return {
    target,
    spools,
    goesOn: journal !== null,
    get done() {
      return done;
    },
    get files() {
      return files;
    },
    get bytes() {
      return bytes;
    },
    put: async (path, content) => {
      await target.put(path, content);
      counted(content.length);
    },
    putFile: async (path, file, sizeBytes) => {
      await target.putFile(path, file);
      counted(sizeBytes);
    },
    item: async (write) => {
      isWhole = false;
      await write();
      done++;
      isWhole = true;
      if (performance.now() - notedAtMs >= noteEveryMs) await note();
    },
    note,
    close: async () => {
      await spools.close();
      await target.close();
    },
  };
};
