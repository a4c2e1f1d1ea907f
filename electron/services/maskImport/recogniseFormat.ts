import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { ImportFormat, RecogniseContext } from '../../../shared/ports/importFormat.ts';
import type { ImageRecord } from './records.ts';

/**
 * The format that knows most of the source; of two that know as much, the one that is registered first.
 * @throws ExpectedError format_unknown; file_unreadable, permission_denied, annotations_invalid (a path trick in a zip)
 */
export const recogniseFormat = async (source: AnnotationSource, formats: Readonly<Record<ImportFormatId, ImportFormat>>, context: RecogniseContext): Promise<ImportFormat> => {
  // A source that can't be listed says so, before formats that answer 0 to everything hide it.
  const files = await source.files();
  let best: { readonly format: ImportFormat; readonly sure: number } | null = null;
  for (const format of Object.values(formats)) {
    throwIfCancelled(context.signal);
    const sure = await format.recognise(source, context);
    if (sure > (best?.sure ?? 0)) best = { format, sure };
  }
  if (best !== null) return best.format;
  const known = Object.values(formats).map(({ id }) => id);
  throw new ExpectedError('format_unknown', `${files.length === 0 ? `${source.name} holds no files` : `Nothing in ${source.name} looks like annotations`}. Formats that can be read: ${known.join(', ')}.`);
};

/**
 * A source of which a format reads nothing is another's, or empty: that is said, instead of an import of no masks.
 * @throws ExpectedError format_unknown; CancelledError
 */
export const assertSomethingRead = async (images: readonly Pick<ImageRecord, 'instances'>[], format: ImportFormat, source: AnnotationSource, formats: Readonly<Record<ImportFormatId, ImportFormat>>, context: RecogniseContext): Promise<void> => {
  if (images.some(({ instances }) => instances.length > 0)) return;
  if ((await format.recognise(source, context)) > 0) {
    if (images.length === 0) throw new ExpectedError('format_unknown', `${source.name} was read as ${format.label}, and there is no image in it.`);
    return;
  }
  const other = await recogniseFormat(source, formats, context);
  throw new ExpectedError('format_unknown', `Nothing in ${source.name} is ${format.label}; it looks like ${other.label} (${other.id}).`);
};
