import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { fileError } from '../base/fileError.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** How much of a log counts. */
export const putLogMark = z.object({ files: z.int().min(0), bytes: z.int().min(0) });
export type PutLogMark = z.infer<typeof putLogMark>;

/** Paths of what was put, in a file: a line each, as JSON. Nothing of it is kept in memory. */
export interface PutLog {
  add(path: string): Promise<void>;
  /** All that was added survives a power cut. */
  mark(): Promise<PutLogMark>;
  paths(): AsyncIterable<string>;
  close(): Promise<void>;
}

/** Lines are handed to the system so many bytes at a time. */
const bufferBytes = 64 * 1024;

/**
 * @param from what counts of the one that is there; null: nothing
 * @throws ExpectedError file_unreadable where less is there than that
 */
export const openPutLog = async (path: string, from: PutLogMark | null): Promise<PutLog> => {
  const failed = (error: unknown): never => {
    throw fileError(error, path);
  };
  if (from === null) await rm(path, { force: true }).catch(failed);
  const handle: FileHandle = await open(path, from === null ? 'wx' : 'r+').catch(failed);
  let { files, bytes } = from ?? { files: 0, bytes: 0 };
  try {
    const { size } = await handle.stat();
    if (size < bytes) throw new ExpectedError('file_unreadable', `${path} is shorter than it was when the export was interrupted. Begin the export anew.`);
    await handle.truncate(bytes);
  } catch (error) {
    await handle.close();
    throw fileError(error, path);
  }
  let waiting = '';
  const flush = async (): Promise<void> => {
    const chunk = Buffer.from(waiting);
    waiting = '';
    if (chunk.length === 0) return;
    await handle.write(chunk, 0, chunk.length, bytes).catch(failed);
    bytes += chunk.length;
  };
  return {
    add: async (added) => {
      waiting += `${JSON.stringify(added)}\n`;
      files++;
      if (waiting.length >= bufferBytes) await flush();
    },
    mark: async () => {
      await flush();
      await handle.sync().catch(failed);
      return { files, bytes };
    },
    paths: async function* () {
      await flush();
      if (bytes === 0) return;
      const lines = createInterface({ input: createReadStream(path, { end: bytes - 1 }), crlfDelay: Infinity });
      for await (const line of lines) yield z.string().parse(JSON.parse(line));
    },
    close: () => handle.close(),
  };
};
