import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DocumentPlan } from '../../../shared/ports/exportFormat.ts';
import { fileError } from '../../base/fileError.ts';
import type { Spools } from './spools.ts';

async function* partsOf(plan: DocumentPlan, spools: Spools): AsyncGenerator<Uint8Array> {
  for (const part of plan.parts) {
    if (typeof part === 'string') yield Buffer.from(part, 'utf8');
    else yield* spools.text(part.spool, part.separator);
  }
}

/** Writes chunks to a file of this machine. @throws ExpectedError disk_full, permission_denied */
export const writeChunks = async (chunks: AsyncIterable<Uint8Array>, file: string): Promise<void> => {
  try {
    await pipeline(Readable.from(chunks, { objectMode: false }), createWriteStream(file));
  } catch (error) {
    throw fileError(error, file);
  }
};

/** Puts a document together from what was flushed, piece by piece. @throws ExpectedError disk_full, permission_denied */
export const writeDocument = (plan: DocumentPlan, spools: Spools, file: string): Promise<void> => writeChunks(partsOf(plan, spools), file);
