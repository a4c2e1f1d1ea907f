import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';

const exportFile = 'export.json';
const journalFile = 'journal.json';

/** Which export the scratch folder belongs to. */
const exportSchema = z.object({ key: z.string(), about: z.string(), setId: z.string().optional(), snapshotNumber: z.int().optional() });
export type ExportNote = z.infer<typeof exportSchema>;

const journalSchema = z.object({
  /** Items whose files are put and whose pieces are in the spools. */
  done: z.int().min(0),
  files: z.int().min(0),
  bytes: z.int().min(0),
  /** Lengths in bytes, by name. */
  spools: z.record(z.string(), z.int().min(0)),
  /** The target's own. */
  checkpoint: z.unknown(),
});
export type Journal = z.infer<typeof journalSchema>;

/** Null where there is none, or none that can be read (a torn file of a dying disk): then it begins anew. @throws ExpectedError permission_denied, file_unreadable */
const readNote = async <T>(path: string, schema: z.ZodType<T>): Promise<T | null> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return null;
    throw fileError(error, path);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

export const readExportNote = (scratch: string): Promise<ExportNote | null> => readNote(join(scratch, exportFile), exportSchema);
export const readJournal = (scratch: string): Promise<Journal | null> => readNote(join(scratch, journalFile), journalSchema);
export const writeExportNote = (scratch: string, note: ExportNote): Promise<void> => writeFileAtomic(join(scratch, exportFile), JSON.stringify(note));
export const writeJournal = (scratch: string, journal: Journal): Promise<void> => writeFileAtomic(join(scratch, journalFile), JSON.stringify(journal));
export const forgetJournal = (scratch: string): Promise<void> => rm(join(scratch, journalFile), { force: true });
