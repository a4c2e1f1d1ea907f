import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import { ensureBucket } from './bucket.ts';
import { connectS3 } from './connection.ts';
import { digestObject, downloadChanged, downloadFile, downloadObject } from './download.ts';
import { listObjects } from './list.ts';
import type { S3BlobOptions } from './options.ts';
import { createS3Root } from './root.ts';
import { openStandingObject, standingKey } from './standingObject.ts';
import { sweepUploads } from './sweepUploads.ts';
import { uploadFile, uploadObject } from './upload.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** S3's limit. */
const longestLinkS = 7 * 24 * 60 * 60;

/**
 * Files in a bucket of S3 or a compatible server.
 * @throws ExpectedError not_found (no such bucket, and none is to be made), blobs_unreachable, permission_denied, invalid_input, file_unreadable
 */
export const openS3Blobs = async (options: S3BlobOptions): Promise<BlobStore> => {
  const { bucket, partBytes = 16 * 1024 * 1024, linkExpiryS = 3600, abandonedAfterMs = dayMs } = options;
  const root = createS3Root(bucket, options.prefix ?? '', options.paths ?? { style: 'relative' });
  const connection = await connectS3(options);
  const { client, attempt } = connection;
  await ensureBucket(connection, bucket, options.create ?? false);

  const standing = await openStandingObject(connection, bucket, root.objectOf(standingKey), options.readOnly !== true);
  const objectAt = (key: string): { bucket: string; object: string; key: string } => ({ bucket, object: root.objectOf(key), key });

  return {
    location: `${root.url} at ${connection.host}`,
    mayLandLate: true,
    keyOfPath: (localPath) => root.keyOfPath(localPath),
    pathOfKey: (key) => root.pathOfKey(key),
    put: async (key, bytes, onUnanswered) => uploadObject(connection, { ...objectAt(key), partBytes }, bytes, onUnanswered),
    putFile: async (key, file, onUnanswered) => uploadFile(connection, { ...objectAt(key), partBytes }, file, onUnanswered),
    get: async (key) => (await downloadObject(connection, objectAt(key))).bytes,
    getFile: async (key, file) => downloadFile(connection, objectAt(key), file),
    getTagged: async (key, knownTag) => (knownTag === null ? downloadObject(connection, objectAt(key)) : downloadChanged(connection, objectAt(key), knownTag)),
    sha256: async (key) => digestObject(connection, objectAt(key)),
    has: async (key) => {
      const { object } = objectAt(key);
      try {
        await attempt(() => client.send(new HeadObjectCommand({ Bucket: bucket, Key: object })), key);
        return true;
      } catch (error) {
        if (!isExpected(error, 'blob_missing')) throw error;
        return false;
      }
    },
    assertReachable: () => standing.assertThere(),
    remove: async (key, onUnanswered) => {
      const { object } = objectAt(key);
      try {
        await attempt(() => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: object })), key, onUnanswered);
      } catch (error) {
        // Some servers say so, S3 itself does not.
        if (!isExpected(error, 'blob_missing')) throw error;
      }
    },
    // A bucket has no folders.
    removeEmptyFolder: async () => undefined,
    list: async function* (prefix) {
      for await (const { key } of listObjects(connection, root, prefix, standingKey)) yield key;
    },
    listSized: (prefix) => listObjects(connection, root, prefix, standingKey),
    sweepTemporaries: () => sweepUploads(connection, root, { ...options, abandonedAfterMs, nowMs: Date.now() }),
    linkTo: async (key, expiresS = linkExpiryS) => {
      if (!Number.isInteger(expiresS) || expiresS < 1 || expiresS > longestLinkS) {
        throw new ExpectedError('invalid_input', `A link works for 1 to ${longestLinkS} seconds (7 days), not ${expiresS}.`);
      }
      return getSignedUrl(connection.linkClient, new GetObjectCommand({ Bucket: bucket, Key: root.objectOf(key) }), { expiresIn: expiresS });
    },
  };
};
