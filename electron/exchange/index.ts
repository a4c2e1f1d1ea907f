import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { isS3Url, type TargetPlace } from '../../shared/domain/targetPlace.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { ExportTarget } from '../../shared/ports/exportTarget.ts';
import { openBucketSource } from './bucketSource.ts';
import { openBucketTarget } from './bucketTarget.ts';
import { openFileSource } from './fileSource.ts';
import { openFolderSource } from './folderSource.ts';
import { openFolderTarget } from './folderTarget.ts';
import { onDisk } from './onDisk.ts';
import { parseS3Url, type BucketPlace } from './s3Url.ts';
import type { SourceOptions } from './sourceLimits.ts';
import { openZipSource } from './zip/zipSource.ts';
import { openZipTarget } from './zip/zipTarget.ts';

export interface TargetOptions {
  /** A finished export of ours that stands there is replaced; anything else never is. */
  readonly overwrite: boolean;
  /** Opens a bucket at a prefix; whoever puts the app together knows its keys. */
  readonly openBucket: OpenBucket;
  /** Where scratch folders of exports into buckets are. */
  readonly bucketScratchFolder: string;
}

export type OpenBucket = (place: BucketPlace) => Promise<BlobStore>;

/** @throws ExpectedError invalid_input, blobs_unreachable, permission_denied */
export const openTarget = async (place: TargetPlace, options: TargetOptions): Promise<ExportTarget> => {
  switch (place.kind) {
    case 'folder':
      return openFolderTarget(resolve(place.path), options);
    case 'zip':
      return openZipTarget(resolve(place.path), options);
    case 's3': {
      const bucket = parseS3Url(place.url);
      if (bucket.prefix === '') throw new ExpectedError('invalid_input', `An export needs a folder of its own in the bucket: ${bucket.url}/name.`);
      const blobs = await options.openBucket(bucket);
      const scratch = join(options.bucketScratchFolder, sha256Hex(blobs.location).slice(0, 32));
      return openBucketTarget({ blobs, name: nameOf(bucket), url: bucket.url, scratch, overwrite: options.overwrite });
    }
  }
};

const nameOf = ({ bucket, prefix }: BucketPlace): string => prefix.slice(prefix.lastIndexOf('/') + 1) || bucket;

/** How a zip begins: with an entry, or (an empty one) with its end. */
const zipStarts: ReadonlySet<string> = new Set(['504b0304', '504b0506']);

const startsAsZip = async (source: AnnotationSource): Promise<boolean> => {
  const file = await source.open(source.name);
  try {
    return zipStarts.has(Buffer.from(await file.read(0, 4)).toString('hex'));
  } finally {
    await file.close();
  }
};

export interface OpenSourceOptions extends SourceOptions {
  readonly openBucket: OpenBucket;
}

/**
 * @param place a folder, a zip file (by its name or by its first bytes), another file, `s3://bucket/prefix`
 * @throws ExpectedError file_unreadable, permission_denied, annotations_invalid, invalid_input, blobs_unreachable, not_found
 */
export const openSource = async (place: string, options: OpenSourceOptions): Promise<AnnotationSource> => {
  if (isS3Url(place)) {
    const bucket = parseS3Url(place);
    return openBucketSource(await options.openBucket(bucket), nameOf(bucket), options);
  }
  const found = await onDisk(place, () => stat(place));
  if (found.isDirectory()) return openFolderSource(place, options);
  const file = await openFileSource(place);
  return /\.zip$/i.test(place) || (await startsAsZip(file)) ? openZipSource(place, options) : file;
};
