import { isBlobKey } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

export interface BucketPlace {
  readonly bucket: string;
  /** Without slashes at its ends; empty: the bucket as a whole. */
  readonly prefix: string;
  /** As people write it, without a slash at the end. */
  readonly url: string;
}

/** `s3://bucket/folder/in/it`. @throws ExpectedError invalid_input */
export const parseS3Url = (text: string): BucketPlace => {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/is.exec(text);
  const bucket = match?.[1] ?? '';
  const prefix = (match?.[2] ?? '').replace(/^\/+|\/+$/g, '');
  // Names of buckets, by S3's rules: no user, password or port hides in one.
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(bucket) || (prefix !== '' && !isBlobKey(prefix))) {
    throw new ExpectedError('invalid_input', 'A place in a bucket is written s3://bucket/folder, with folder names between the slashes.');
  }
  return { bucket, prefix, url: prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}` };
};
