import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { CancelledError } from '../../shared/errors/errors.ts';

/** An entry as tar-stream's iterator gives it: its bytes and its header. */
type Entry = Readable & AsyncIterable<Buffer> & { readonly header: Header };

/** Hex or base64 digest of a file, read as a stream. @throws CancelledError */
export const digestFile = async (path: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64', signal?: AbortSignal): Promise<string> => {
  const hash = createHash(algorithm);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, ...(signal === undefined ? {} : { signal }) })) hash.update(chunk as Buffer);
  } catch (error) {
    if (signal?.aborted === true) throw new CancelledError('Cancelled', { cause: error });
    throw error;
  }
  return hash.digest(encoding);
};

/** Whether the file has the digest of a registry's `dist.integrity` (sha512-<base64>). */
export const matchesIntegrity = async (path: string, integrity: string, signal?: AbortSignal): Promise<boolean> =>
  `sha512-${await digestFile(path, 'sha512', 'base64', signal)}` === integrity;

/**
 * Walks through a gzipped tarball. `visit` takes the entry's bytes or leaves them; names are as in the tarball (`package/...`).
 * @throws CancelledError, and what `visit` throws
 */
export const walkTarball = async (
  path: string,
  visit: (name: string, content: AsyncIterable<Buffer>) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> => {
  const entries = extract();
  const reading = pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), createGunzip(), entries, ...(signal === undefined ? [] : [{ signal }]));
  // Its error arrives through the entries as well; it is awaited below.
  reading.catch(() => undefined);
  try {
    for await (const entry of entries as unknown as AsyncIterable<Entry>) {
      if (entry.header.type === 'file') await visit(entry.header.name, entry);
      entry.resume();
    }
    await reading;
  } catch (error) {
    if (signal?.aborted === true) throw new CancelledError('Cancelled', { cause: error });
    throw error;
  }
};

export const collect = async (content: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > maxBytes) throw new RangeError(`more than ${maxBytes} bytes where a small file was expected`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
