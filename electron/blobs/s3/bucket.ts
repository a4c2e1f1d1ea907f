import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { S3Connection } from './connection.ts';

/**
 * Makes sure that the bucket is there and may be used.
 * @throws ExpectedError not_found for a bucket that is missing and not to be made; blobs_unreachable, permission_denied, invalid_input
 */
export const ensureBucket = async ({ host, client, attempt }: S3Connection, bucket: string, create: boolean): Promise<void> => {
  try {
    await attempt(() => client.send(new HeadBucketCommand({ Bucket: bucket })));
    return;
  } catch (error) {
    // An answer without a body has a number alone: for a bucket 404 means that there is none.
    if (!isExpected(error, 'blob_missing')) throw error;
  }
  if (!create) throw new ExpectedError('not_found', `There is no bucket ${bucket} at ${host}. Make it, or correct its name in the configuration.`);
  try {
    await attempt(() => client.send(new CreateBucketCommand({ Bucket: bucket })));
  } catch (error) {
    // Another instance that starts at the same time has made it.
    const name = (error as { cause?: Error }).cause?.name;
    if (name !== 'BucketAlreadyOwnedByYou' && name !== 'BucketAlreadyExists') throw error;
  }
};
