import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { ImportFormat } from '../../../shared/ports/importFormat.ts';

/**
 * The format that knows most of the source; of two that know as much, the one that is registered first.
 * @throws ExpectedError format_unknown; file_unreadable, permission_denied, annotations_invalid (a path trick in a zip)
 */
export const recogniseFormat = async (source: AnnotationSource, formats: Readonly<Record<ImportFormatId, ImportFormat>>, signal?: AbortSignal): Promise<ImportFormat> => {
  // A source that can't be listed says so, before formats that answer 0 to everything hide it.
  const files = await source.files();
  let best: { readonly format: ImportFormat; readonly sure: number } | null = null;
  for (const format of Object.values(formats)) {
    throwIfCancelled(signal);
    const sure = await format.recognise(source);
    if (sure > (best?.sure ?? 0)) best = { format, sure };
  }
  if (best !== null) return best.format;
  const known = Object.values(formats).map(({ id }) => id);
  throw new ExpectedError('format_unknown', `${files.length === 0 ? `${source.name} holds no files` : `Nothing in ${source.name} looks like annotations`}. Formats that can be read: ${known.join(', ')}.`);
};
