import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ImageCodec, MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { ImportFormat } from '../../../shared/ports/importFormat.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { AppEvents } from '../appEvents.ts';

export interface MaskImportParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  readonly clock: Clock;
  readonly events: AppEvents;
  readonly formats: Readonly<Record<ImportFormatId, ImportFormat>>;
  /** A folder, a zip, one file, or a prefix of a bucket. @throws ExpectedError file_unreadable, permission_denied, annotations_invalid, blobs_unreachable */
  readonly openSource: (place: string, signal?: AbortSignal) => Promise<AnnotationSource>;
  readonly orientation: MaskOrientation;
  readonly maxPixels: number;
  readonly reviewer: () => string;
}
