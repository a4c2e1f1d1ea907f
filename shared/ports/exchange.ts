import type { TargetPlace } from '../domain/targetPlace.ts';
import type { AnnotationSource } from './annotationSource.ts';
import type { ExportTarget } from './exportTarget.ts';

/** Opens places that masks are taken to and brought from. */
export interface Exchange {
  /**
   * Touches nothing yet but a bucket's server: that is `begin`'s.
   * @param options overwrite: a finished export of ours that stands there is replaced; anything else never is
   * @throws ExpectedError invalid_input (no place, no keys for a bucket), path_outside_root (inside of the store's own files), blobs_unreachable, permission_denied, not_found (no such bucket)
   */
  openTarget(place: TargetPlace, options: { readonly overwrite: boolean }): Promise<ExportTarget>;
  /**
   * @param place a folder, a zip file, any other file (a source of this one), or `s3://bucket/prefix`
   * @throws ExpectedError file_unreadable, permission_denied, annotations_invalid (no zip), invalid_input, blobs_unreachable, not_found
   */
  openSource(place: string): Promise<AnnotationSource>;
}
