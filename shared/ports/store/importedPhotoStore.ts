import type { AssetRef } from '../../domain/asset.ts';
import type { NewAsset, NewJob, NewProduct, NewVideo } from '../../domain/catalog.ts';
import type { ImportId } from '../../domain/ids.ts';
import type { KeptReason } from '../../domain/importUndone.ts';

/** A photo that comes in with its mask, and whose it is; of job, product and video what is not there yet is made with it. */
export type ImportedPhoto = { readonly job: NewJob } & (
  | { readonly asset: Extract<NewAsset, { kind: 'product_image' }>; readonly owner: NewProduct }
  | { readonly asset: Extract<NewAsset, { kind: 'keyframe' }>; readonly owner: NewVideo }
);

export interface TakenBackPhotos {
  /** With the paths of their files, which nothing names any more. */
  readonly removed: readonly { readonly asset: AssetRef; readonly localPath: string }[];
  readonly kept: readonly { readonly asset: AssetRef; readonly reason: KeptReason }[];
}

/**
 * Photos of imports of masks. Their files are put beforehand, into a folder of the import; their rows come with the masks' (RevisionStore.addImported), all or none.
 * So there may be files that no row names, of an import that failed or was killed: it is noted from `begin` on, and whoever comes next removes them.
 */
export interface ImportedPhotoStore {
  /** Before the first file is put, and again while that takes long: others leave it alone for so long. */
  begin(importId: ImportId, durationMs: number): Promise<void>;
  /** Whether it was begun and none of its rows are there: its files may be removed. */
  isBegun(importId: ImportId): Promise<boolean>;
  /** Its files are removed. */
  forget(importId: ImportId): Promise<void>;
  /** Imports that were begun and have not been heard of since; from now on they can't add rows any more. */
  abandoned(): Promise<readonly ImportId[]>;
  /**
   * Removes photos that the import added and nobody has touched since, with their masks, and products, videos and jobs that it made and that are empty then. Call after
   * RevisionStore.undoImport. Again: nothing more. The audit trail keeps telling of the masks.
   */
  takeBack(importId: ImportId): Promise<TakenBackPhotos>;
}
