import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { importedImagePatterns } from '../../../shared/domain/blobKeys.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import type { ImportId } from '../../../shared/domain/ids.ts';
import { isExpected, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ImportedPhoto } from '../../../shared/ports/store/importedPhotoStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { Inspection } from './inspection.ts';
import type { MaskImportParts } from './parts.ts';
import type { NewPhoto } from './records.ts';

/** Each import has folders of its own: whatever else comes in meanwhile under the same ids, no file takes the place of another. */
const foldersOf = (importId: ImportId): readonly string[] => Object.values(importedImagePatterns).map((pattern) => pattern.replace('{name}', () => `${importId}/`));
const keyOf = ({ kind, id }: Pick<NewPhoto, 'kind' | 'id'>, importId: ImportId, extension: string): string =>
  importedImagePatterns[kind].replace('{name}', () => `${importId}/${fileNameOfId(id, sha256Hex)}.${extension}`);

/** So long nobody clears away what an import has put that says nothing; it says so again every tenth of that. */
const silenceMs = 30 * 60_000;

/**
 * Puts the files of photos that are to come in with their masks: no row names them yet, and nobody sees them.
 * @throws ExpectedError image_*, as BlobStore.put; CancelledError
 */
export async function* placePhotos(importId: ImportId, photos: readonly NewPhoto[], inspection: Inspection, { store, blobs, codec, clock }: MaskImportParts, signal: AbortSignal | undefined): AsyncGenerator<ImportedPhoto> {
  await store.importedPhotos.begin(importId, silenceMs);
  let saidMs = clock.nowMs();
  for (const photo of photos) {
    throwIfCancelled(signal);
    const bytes = await inspection.readPhoto(photo.photoPath);
    const image = await codec.normalise(bytes);
    const key = keyOf(photo, importId, image.extension);
    await blobs.put(key, image.bytes);
    const { id, jobId, title } = photo;
    const { widthPx, heightPx } = image;
    const common = { id, localPath: blobs.pathOfKey(key), widthPx, heightPx, sourceSha256: sha256Hex(bytes) };
    // What the pipeline's tables want beyond what a folder tells: as an import of photos says it (services/import/catalogue.ts).
    const job = { jobId, industry: 'unknown' };
    if (photo.kind === 'product_image') {
      const { kind, productId } = photo;
      yield { job, asset: { ...common, kind, productId }, owner: { productId, jobId, src: 'import', asinOrItemId: productId, title, marketplace: 'us' } };
    } else {
      const { kind, videoId, timestampS } = photo;
      yield { job, asset: { ...common, kind, videoId, timestampS }, owner: { videoId, jobId, platform: 'import', url: `import:${videoId}`, title } };
    }
    if (clock.nowMs() - saidMs < silenceMs / 10) continue;
    await store.importedPhotos.goOn(importId, silenceMs);
    saidMs = clock.nowMs();
  }
}

/** What an import has put, but for photos of it that stand. */
const removeFiles = async (importId: ImportId, { store, blobs }: { readonly store: Pick<Store, 'importedPhotos'>; readonly blobs: BlobStore }): Promise<void> => {
  const standing = new Set((await store.importedPhotos.standing(importId)).map((asset) => keyOf(asset, importId, '')));
  for (const folder of foldersOf(importId)) {
    for await (const key of blobs.list(folder)) if (!standing.has(key.slice(0, key.lastIndexOf('.') + 1))) await blobs.remove(key);
    await blobs.removeEmptyFolder(folder);
  }
  await store.importedPhotos.forget(importId);
};

/** Where somebody else has added the same photo meanwhile, theirs is used. */
export const removeUnused = async (placed: readonly ImportedPhoto[], added: readonly AssetRef[], { blobs }: Pick<MaskImportParts, 'blobs'>): Promise<void> => {
  const used = new Set(added.map(assetKey));
  await removeFilesAt(placed.flatMap(({ asset }) => (used.has(assetKey(asset)) ? [] : [asset.localPath])), { blobs });
};

/** A file that can't be removed is in nobody's way. */
const removeFilesAt = async (localPaths: readonly string[], { blobs }: Pick<MaskImportParts, 'blobs'>): Promise<void> => {
  for (const localPath of localPaths) {
    try {
      await blobs.remove(blobs.keyOfPath(localPath));
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
  }
};

/** After an import that did not come to its end: what it put, unless its rows are there after all (an answer that was lost). What can't be removed now is by the next import. */
export const clearPlaced = async (importId: ImportId, parts: Pick<MaskImportParts, 'store' | 'blobs'>): Promise<void> => {
  try {
    if (await parts.store.importedPhotos.giveUp(importId)) await removeFiles(importId, parts);
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
};

/** What imports that were killed have put, and files of photos that were taken back. Never in the way of what comes next. */
export const clearAbandoned = async (parts: Pick<MaskImportParts, 'store' | 'blobs'>): Promise<void> => {
  try {
    for (const importId of await parts.store.importedPhotos.abandoned()) await removeFiles(importId, parts);
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
};
