import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { openCacheFolder, type CacheFolderOptions } from './cache/cacheFolder.ts';
import { withCache } from './cache/withCache.ts';
import { openDiskBlobs, type DiskBlobOptions } from './disk.ts';
import { openS3Blobs } from './s3/openS3Blobs.ts';
import type { S3BlobOptions } from './s3/options.ts';

export type { S3BlobOptions } from './s3/options.ts';

interface BlobOptions {
  readonly disk: DiskBlobOptions;
  readonly s3: S3BlobOptions;
}
export type BlobStoreKind = keyof BlobOptions;

/** One line a place where files can be kept. */
const openers = { disk: openDiskBlobs, s3: openS3Blobs } satisfies { [Kind in BlobStoreKind]: (options: BlobOptions[Kind]) => Promise<BlobStore> };

/** Where copies of what was read are kept on this machine, for a store that is behind a network. */
export type BlobCacheOptions = CacheFolderOptions;

export type BlobStoreConfig = (
  | ({ readonly kind?: 'disk' } & DiskBlobOptions)
  | { readonly [Kind in BlobStoreKind]: { readonly kind: Kind } & BlobOptions[Kind] }[BlobStoreKind]
) & { readonly cache?: BlobCacheOptions };

/** Opens the blob store that the configuration describes; the disk where it names no kind. */
export const openBlobs = async (config: BlobStoreConfig): Promise<BlobStore> => {
  const blobs = await (config.kind === 's3' ? openers.s3(config) : openers.disk(config));
  return config.cache === undefined || config.cache.limitBytes === 0 ? blobs : withCache(blobs, openCacheFolder(config.cache));
};
