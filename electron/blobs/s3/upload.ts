import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { sha256Hex } from '../../base/hash.ts';
import { mediaTypeOf } from './mediaType.ts';
import type { S3Connection } from './connection.ts';

/** S3's least size of a part but the last. */
export const leastPartBytes = 5 * 1024 * 1024;
const partsAtOnce = 4;

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
