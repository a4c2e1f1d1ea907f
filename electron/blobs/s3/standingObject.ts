import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { S3Connection } from './connection.ts';

/** Always there: whoever can't see it can see nothing of the bucket. */
export const standingKey = 'data/maskdesk/standing';

export interface StandingObject {
  /** @throws ExpectedError blobs_unreachable */
  assertThere(): Promise<void>;
}

/**
 * A server says "denied" for a file whose right is missing and for a key whose rights have been taken away altogether (and, to whoever may not
 * list, for a file that is not there): an object that was there at the opening tells which.
 * @param mayWrite makes it where it is missing
 */
export const openStandingObject = async (connection: S3Connection, bucket: string, object: string, mayWrite: boolean): Promise<StandingObject> => {
  const { client, attempt, host } = connection;
  const head = (): Promise<unknown> => attempt(() => client.send(new HeadObjectCommand({ Bucket: bucket, Key: object })));
  const isThere = async (): Promise<boolean> => {
    try {
      await head();
      return true;
    } catch (error) {
      if (!isExpected(error, 'blob_missing') && !isExpected(error, 'permission_denied')) throw error;
      return false;
    }
  };
  const isKnown =
    (await isThere()) ||
    (mayWrite &&
      (await attempt(() => client.send(new PutObjectCommand({ Bucket: bucket, Key: object, Body: new Uint8Array(), ContentLength: 0 }))).then(
        () => true,
        (error: unknown) => {
          // Whoever may only read goes on without it.
          if (!isExpected(error, 'permission_denied')) throw error;
          return false;
        },
      )));

  return {
    assertThere: async () => {
      if ((await isThere()) || !isKnown) return;
      throw new ExpectedError('blobs_unreachable', `Nothing of the bucket ${bucket} at ${host} can be read any more. Check the rights of the access key, and that the bucket is the one of before.`);
    },
  };
};
