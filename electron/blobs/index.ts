import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { openDiskBlobs, type DiskBlobOptions } from './disk.ts';

interface BlobOptions {
  readonly disk: DiskBlobOptions;
}
export type BlobStoreKind = keyof BlobOptions;

/** One line a place where files can be kept. */
const openers = { disk: openDiskBlobs } satisfies { [Kind in BlobStoreKind]: (options: BlobOptions[Kind]) => Promise<BlobStore> };

export type BlobStoreConfig = { readonly [Kind in BlobStoreKind]: { readonly kind?: Kind } & BlobOptions[Kind] }[BlobStoreKind];

/** Opens the blob store that the configuration describes; the disk where it names no kind. */
export const openBlobs = (config: BlobStoreConfig): Promise<BlobStore> => openers[config.kind ?? 'disk'](config);
