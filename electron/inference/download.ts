import { open, readFile, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { makeFolder, writeFileAtomic } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { withRetries, type NetworkSettings } from './http.ts';

export interface DownloadOptions {
  readonly url: URL;
  /** Grows as bytes arrive; what is there from an earlier try is gone on with. Beside it `<path>.json` says what it is a part of. */
  readonly partPath: string;
  readonly settings: NetworkSettings;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((receivedBytes: number, totalBytes: number | null) => void) | undefined;
}

/** What the part is a part of. Without a validator a resumed file may be a mixture; the digest at the end finds that. */
const partRecord = z.object({ url: z.string(), validator: z.string().nullable() });

const progressEveryMs = 100;

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw fileError(error, path);
  }
};

const readRecord = async (path: string): Promise<z.infer<typeof partRecord> | null> => {
  try {
    return partRecord.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Absent, or torn by a crash: then the part is of unknown origin and is not gone on with.
    return null;
  }
};

const totalOf = (answer: IncomingMessage, offset: number): number | null => {
  const ranged = /\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (ranged !== undefined) return Number(ranged);
  const length = answer.headers['content-length'];
  return length === undefined ? null : offset + Number(length);
};

/** The place from which the answer's body goes on; null: the part does not fit to what the server has. */
const startOf = (answer: IncomingMessage, offset: number): number | null => {
  if (answer.statusCode === 200) return 0;
  const start = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1];
  return answer.statusCode === 206 && Number(start) === offset ? offset : null;
};

/**
 * Fetches a file, in as many pieces as the network makes of it. The part file is complete when this resolves; its content is unchecked.
 * @throws CancelledError (the part is kept); ExpectedError offline, download_failed, disk_full, permission_denied
 */
export const download = async (options: DownloadOptions): Promise<void> => {
  const { url, partPath, settings, signal, onProgress } = options;
  const recordPath = `${partPath}.json`;
  await makeFolder(dirname(partPath));
  let record = await readRecord(recordPath);
  if (record?.url !== url.href) {
    await rm(partPath, { force: true });
    record = null;
  }
  let receivedBytes = await sizeOf(partPath);
  const restart = async (): Promise<void> => {
    await rm(partPath, { force: true });
    await rm(recordPath, { force: true });
    record = null;
    receivedBytes = 0;
  };

  await withRetries(url, { settings, signal, progress: () => receivedBytes }, async (fetch) => {
    const offset = receivedBytes;
    const resume = offset === 0 ? {} : { range: `bytes=${offset}-`, ...(record?.validator == null ? {} : { 'if-range': record.validator }) };
    const answer = await fetch(resume);
    const totalBytes = totalOf(answer, answer.statusCode === 200 ? 0 : offset);
    if (answer.statusCode === 416 && totalBytes === offset) {
      answer.resume();
      return;
    }
    const start = startOf(answer, offset);
    if (start === null) {
      answer.destroy();
      await restart();
      throw new Error('the server has another file than the part that was fetched before');
    }
    const etag = answer.headers.etag;
    // A weak tag promises no equal bytes and may not be used with ranges (RFC 9110, 13.1.5).
    record = { url: url.href, validator: etag !== undefined && !etag.startsWith('W/') ? etag : (answer.headers['last-modified'] ?? null) };
    await writeFileAtomic(recordPath, JSON.stringify(record));
    receivedBytes = start;
    await writeBody(answer, partPath, start, (written) => {
      receivedBytes = written;
      onProgress?.(written, totalBytes);
    });
    if (!answer.complete || (totalBytes !== null && receivedBytes < totalBytes)) throw new Error('the connection was cut');
    if (totalBytes !== null && receivedBytes > totalBytes) throw new ExpectedError('download_failed', `${url.host} sent more than it announced.`);
  });
  onProgress?.(receivedBytes, receivedBytes);
};

const writeBody = async (answer: IncomingMessage, path: string, start: number, onWritten: (writtenBytes: number) => void): Promise<void> => {
  const handle = await open(path, start === 0 ? 'w' : 'r+').catch((error: unknown) => {
    throw fileError(error, path);
  });
  let position = start;
  let saidAtMs = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      let written = 0;
      while (written < chunk.length) {
        const step = await handle.write(chunk, written, chunk.length - written, position + written).catch((error: unknown) => {
          throw fileError(error, path);
        });
        written += step.bytesWritten;
      }
      position += chunk.length;
      if (Date.now() - saidAtMs >= progressEveryMs) {
        saidAtMs = Date.now();
        onWritten(position);
      }
    }
  } finally {
    onWritten(position);
    await handle.close();
  }
};

/** Length of what a URL gives, in bytes, without taking it. @throws ExpectedError offline, download_failed (also when the server does not say) */
export const remoteSize = async (url: URL, settings: NetworkSettings): Promise<number> => {
  let sizeBytes: number | null = null;
  await withRetries(url, { settings }, async (fetch) => {
    const answer = await fetch({ range: 'bytes=0-0' });
    sizeBytes = totalOf(answer, 0);
    answer.destroy();
  });
  if (sizeBytes === null || sizeBytes <= 0) throw new ExpectedError('download_failed', `${url.host} does not say how long the file is.`);
  return sizeBytes;
};
