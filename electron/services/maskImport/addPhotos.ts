import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import { createCatalogue } from '../import/catalogue.ts';
import { storePicture } from '../import/storePicture.ts';
import type { Inspection } from './inspection.ts';
import type { MaskImportParts } from './parts.ts';
import type { NewPhoto } from './records.ts';

/**
 * Puts photos of a source into the store, one after the other, and tells of each. They are pictures like any other from then on: a stop in between leaves those that are
 * there, and the same import goes on from them.
 * @throws ExpectedError as storePicture; CancelledError
 */
export async function* addPhotos(photos: readonly NewPhoto[], inspection: Inspection, parts: MaskImportParts, signal: AbortSignal | undefined): AsyncGenerator<NewPhoto> {
  const ensureOwner = createCatalogue(parts.store.catalog);
  for (const photo of photos) {
    throwIfCancelled(signal);
    const bytes = await inspection.readPhoto(photo.photoPath);
    const { id, jobId, title, photoPath: file } = photo;
    const common = { file, jobId, id, title, url: null };
    if (photo.kind === 'product_image') {
      await ensureOwner({ ...common, kind: photo.kind, productId: photo.productId, brand: null });
      await storePicture(parts, { kind: photo.kind, id, productId: photo.productId }, bytes);
    } else {
      await ensureOwner({ ...common, kind: photo.kind, videoId: photo.videoId, timestampS: photo.timestampS, platform: 'import' });
      await storePicture(parts, { kind: photo.kind, id, videoId: photo.videoId, timestampS: photo.timestampS }, bytes);
    }
    yield photo;
  }
}
