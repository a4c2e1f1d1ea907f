import type { AssetRef } from '../../domain/asset.ts';
import type { NewAsset, NewJob, NewProduct, NewVideo } from '../../domain/catalog.ts';
import type { ImportId } from '../../domain/ids.ts';
import type { KeptReason } from '../../domain/importUndone.ts';

/** A photo that comes in with its mask, and whose it is; of job, product and video what is not there yet is made with it. */
export type ImportedPhoto = { readonly job: NewJob } & (
  | { readonly asset: Extract<NewAsset, { kind: 'product_image' }>; readonly owner: NewProduct }
  | { readonly asset: Extract<NewAsset, { kind: 'keyframe' }>; readonly owner: NewVideo }
);

/** A part of an import's photos. */
export interface TakenBackPhotos {
  readonly removed: readonly AssetRef[];
  readonly kept: readonly { readonly asset: AssetRef; readonly reason: KeptReason }[];
}

/**
 * Photos of imports of masks. Their files are put beforehand, into a folder of the import; their rows come with the masks' (RevisionStore.addImported), all or none, and go
 * before their files do. So there may be files that no row names, of an import that failed, was killed, or is taken back: it is noted, and whoever comes next removes them.
 */
export interface ImportedPhotoStore {
  /** Before the first file is put: others leave it alone for so long. */
  begin(importId: ImportId, durationMs: number): Promise<void>;
  /** While it goes on. @throws ExpectedError store_locked: it said nothing for so long that others have taken it for dead */
  goOn(importId: ImportId, durationMs: number): Promise<void>;
  /** Its rows can't come any more. Answers whether none are there: all its files may be removed. */
  giveUp(importId: ImportId): Promise<boolean>;
  /** What is to be removed of its files is removed. */
  forget(importId: ImportId): Promise<void>;
  /** Imports with files to remove: begun and not heard of since (from now on they can't add rows any more), given up, or with photos taken back. */
  abandoned(): Promise<readonly ImportId[]>;
  /** Photos that the import added and that were not taken back: their files stay. */
  standing(importId: ImportId): Promise<readonly AssetRef[]>;
  /**
   * Removes photos that the import added and nobody has touched since, with their masks, and products, videos and jobs that it made and that are empty then; also those that an
   * import taken back before has left only for this one's masks. Some at a time, each part whole or not at all, so that others have their turn. Call after
   * RevisionStore.undoImport. Again: what is left. The audit trail keeps telling of the masks. The files are the caller's to remove (`abandoned` tells of them).
   * @throws CancelledError between two parts
   */
  takeBack(importId: ImportId, signal?: AbortSignal): AsyncIterable<TakenBackPhotos>;
}
