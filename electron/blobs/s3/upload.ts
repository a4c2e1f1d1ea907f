import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { fileError } from '../../base/fileError.ts';
import { sha256Hex, sha256OfFile } from '../../base/hash.ts';
import { mediaTypeOf } from './mediaType.ts';
import type { S3Connection } from './connection.ts';

/** S3's least size of a part but the last. */
export const leastPartBytes = 5 * 1024 * 1024;
const partsAtOnce = 4;
/** S3's limit. */
const mostParts = 10_000;

/** Header that says what the bytes are: whoever reads them can check them. */
export const digestMetadata = 'sha256';

interface Target {
  readonly bucket: string;
  readonly object: string;
  readonly key: string;
  readonly partBytes: number;
}

/**
 * Stores an object. S3 replaces objects as a whole, so that readers see the old bytes or the new ones; once this resolves they are durable and every read after
 * it gives them. An upload in parts that fails is aborted, and what a killed process leaves of one is nobody's object until a sweep removes it.
 */
export const uploadObject = async ({ client, partClient, attempt }: S3Connection, { bucket, object, key, partBytes }: Target, bytes: Uint8Array, onUnanswered?: () => void): Promise<void> => {
  const params = { Bucket: bucket, Key: object, Body: bytes, ContentType: mediaTypeOf(key), Metadata: { [digestMetadata]: sha256Hex(bytes) } };
  const partSize = Math.max(partBytes, leastPartBytes);
  if (bytes.length <= partSize) {
    await attempt(() => client.send(new PutObjectCommand(params)), key, onUnanswered);
    return;
  }
  // The library repeats its requests by itself and does not say so: the last one may have been among them.
  onUnanswered?.();
  await attempt(() => new Upload({ client: partClient, params, partSize, queueSize: partsAtOnce }).done(), key);
};

/** As {@link uploadObject}, from a file: no more than the parts under way are in memory. @throws ExpectedError file_unreadable, permission_denied */
export const uploadFile = async (connection: S3Connection, target: Target, file: string, onUnanswered?: () => void): Promise<void> => {
  const unreadable = (error: unknown): Promise<never> => Promise.reject(fileError(error, file));
  const { size } = await stat(file).catch(unreadable);
  const partSize = Math.max(target.partBytes, leastPartBytes, Math.ceil(size / mostParts));
  if (size <= partSize) {
    await uploadObject(connection, { ...target, partBytes: partSize }, await readFile(file).catch(unreadable), onUnanswered);
    return;
  }
  const digest = await sha256OfFile(file).catch(unreadable);
  const params = { Bucket: target.bucket, Key: target.object, ContentType: mediaTypeOf(target.key), Metadata: { [digestMetadata]: digest } };
  onUnanswered?.();
  // A stream is read once: each try has its own. One that fails is aborted by the library, and its parts are gone.
  await connection
    .attempt(() => new Upload({ client: connection.partClient, params: { ...params, Body: createReadStream(file) }, partSize, queueSize: partsAtOnce }).done(), target.key)
    .catch(unreadable);
};
