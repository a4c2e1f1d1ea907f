import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FormatExport } from '../../../shared/ports/exportFormat.ts';
import { dataCard } from './dataCard.ts';
import { writeChunks, writeDocument } from './document.ts';
import type { SettledExport } from './exportKey.ts';
import { manifestRows } from './manifest.ts';
import { writeManifestParquet } from './manifestParquet.ts';
import { measureExport } from './statistics.ts';
import { manifestSpool } from './writeItems.ts';
import type { Writing } from './writing.ts';

/** Where files are put together before they are put. */
export const workFolder = async (scratch: string): Promise<string> => {
  const folder = join(scratch, 'work');
  await mkdir(folder, { recursive: true });
  return folder;
};

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(`${text}\n`, 'utf8');
}

/** All that is written after the items: the format's documents, then manifest and data card. */
export const writeClosingFiles = async (writing: Writing, format: FormatExport, settled: SettledExport, namesGranted: readonly number[]): Promise<void> => {
  const { spools, target } = writing;
  const file = join(await workFolder(target.scratch), 'document');
  const put = async (path: string): Promise<void> => writing.putFile(path, file, (await stat(file)).size);
  for (const plan of format.documents()) {
    await writeDocument(plan, spools, file);
    await put(plan.path);
  }
  await writeChunks(linesOf(spools.pieces(manifestSpool)), file);
  await put('manifest.jsonl');
  const rows = () => manifestRows(spools.pieces(manifestSpool));
  await writeManifestParquet(rows(), file, settled.tool);
  await put('manifest.parquet');
  await writing.put('DATACARD.md', Buffer.from(dataCard(settled, await measureExport(rows(), settled.snapshot.entryCount), namesGranted, format.advice), 'utf8'));
};
