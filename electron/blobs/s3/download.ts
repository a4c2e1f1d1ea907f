import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { fileError } from '../../base/fileError.ts';
import { sha256Hex } from '../../base/hash.ts';
import { asId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { TaggedBytes } from '../../../shared/ports/blobStore.ts';
import { given, type S3Connection } from './connection.ts';
import { digestMetadata } from './upload.ts';

interface Source {
  readonly bucket: string;
  readonly object: string;
  readonly key: string;
}

/** Named so for trouble.ts: another attempt may do better. */
const damagedBody = (message: string): Error => Object.assign(new Error(message), { name: 'DamagedBody' });

const isUnchanged = (error: unknown): boolean => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 304;

/** The whole object, its length and (where the one who put it said it) its digest checked. */
export const downloadObject = (connection: S3Connection, source: Source): Promise<TaggedBytes> => connection.attempt(() => download(connection, source), source.key);

/** As {@link downloadObject}, without the bytes where they still have that tag. */
export const downloadChanged = (connection: S3Connection, source: Source, knownTag: string): Promise<TaggedBytes | 'unchanged'> =>
  connection.attempt(
    () =>
      download(connection, source, knownTag).catch((error: unknown) => {
        if (isUnchanged(error)) return 'unchanged' as const;
        throw error;
      }),
    source.key,
  );

const download = async ({ client }: S3Connection, { bucket: Bucket, object: Key }: Source, knownTag?: string): Promise<TaggedBytes> => {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...(knownTag === undefined ? {} : { IfNoneMatch: knownTag }) }));
  const bytes = await given(answer.Body, 'a body').transformToByteArray();
  if (answer.ContentLength !== undefined && bytes.length !== answer.ContentLength) throw damagedBody('The body ended early');
  const expected = answer.Metadata?.[digestMetadata];
  if (expected !== undefined && sha256Hex(bytes) !== expected) throw damagedBody('The bytes are not those that were put');
  return { bytes, tag: given(answer.ETag, 'an ETag') };
};

/** Reads the bytes, whatever is said about them, and keeps none. */
export const digestObject = (connection: S3Connection, source: Source): Promise<Sha256> =>
  connection.attempt(async () => {
    const answer = await connection.client.send(new GetObjectCommand({ Bucket: source.bucket, Key: source.object }));
    const digest = createHash('sha256');
    let length = 0;
    for await (const chunk of given(answer.Body, 'a body') as Readable) {
      digest.update(chunk as Uint8Array);
      length += (chunk as Uint8Array).length;
    }
    if (answer.ContentLength !== undefined && length !== answer.ContentLength) throw damagedBody('The body ended early');
    return asId<Sha256>(digest.digest('hex'));
  }, source.key);

/** As {@link downloadObject}, into a file that is not there yet. What arrived of one that failed is removed. */
export const downloadFile = async (connection: S3Connection, source: Source, file: string): Promise<void> => {
  const failed = (error: unknown): Promise<never> => Promise.reject(fileError(error, file));
  await (await open(file, 'wx').catch(failed)).close();
  try {
    await connection.attempt(async () => {
      const answer = await connection.client.send(new GetObjectCommand({ Bucket: source.bucket, Key: source.object }));
      const digest = createHash('sha256');
      let length = 0;
      const looking = new Transform({
        transform: (chunk: Uint8Array, _, done) => {
          digest.update(chunk);
          length += chunk.length;
          done(null, chunk);
        },
      });
      await pipeline(given(answer.Body, 'a body') as Readable, looking, createWriteStream(file));
      if (answer.ContentLength !== undefined && length !== answer.ContentLength) throw damagedBody('The body ended early');
      const expected = answer.Metadata?.[digestMetadata];
      if (expected !== undefined && digest.digest('hex') !== expected) throw damagedBody('The bytes are not those that were put');
    }, source.key);
  } catch (error) {
    await rm(file, { force: true });
    await failed(error);
  }
};
