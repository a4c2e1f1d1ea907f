import { CancelledError } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type AnnotationReader, type ImportContext } from '../../../shared/ports/importFormat.ts';
import { readAs } from '../json/sourceJson.ts';
import { photoName, photosIn } from '../photosIn.ts';
import { categoriesOf, imageSchema, type CocoDocument, type CocoImage } from './documents.ts';

export type ImageSize = NonNullable<AnnotatedImage['size']>;

/** An image with what its own entry says. */
export interface CocoImageEntry {
  readonly document: CocoDocument;
  readonly file: string;
  readonly id: string | null;
  readonly size: ImageSize | null;
}

const entryOf = async (document: CocoDocument, index: number, image: CocoImage, { maxPixels, sizeOf }: ImportContext): Promise<CocoImageEntry> => {
  const name = image.file_name ?? image.coco_url;
  if (name === undefined || name === '') throw await document.images.broken(index, 'It has no file_name.');
  const file = photoName(name);
  // Numbers are counted by the tool that wrote them; a text may be somebody's id.
  const id = image.maskdesk?.id ?? (typeof image.id === 'string' ? image.id : null);
  const size = image.width == null || image.height == null ? ((await sizeOf?.({ file, id })) ?? null) : { widthPx: image.width, heightPx: image.height };
  if (size !== null && size.widthPx * size.heightPx > maxPixels) throw await document.images.broken(index, `It is said to be ${size.widthPx} x ${size.heightPx}; ${maxPixels} pixels are the most.`);
  return { document, file, id, size };
};

/** Goes through the images of all documents. @param instancesOf those of one image */
export const cocoReader = async (
  source: AnnotationSource,
  documents: readonly CocoDocument[],
  context: ImportContext,
  instancesOf: (entry: CocoImageEntry, annotations: Uint32Array) => Promise<Pick<AnnotatedImage, 'instances' | 'brokenInstances'>>,
): Promise<AnnotationReader> => {
  const findPhoto = photosIn(await source.files());
  return {
    categories: categoriesOf(documents),
    imageCount: documents.reduce((sum, { images, broken }) => sum + images.count - broken.size, 0),
    images: async function* () {
      for (const document of documents) {
        for (let index = 0; index < document.images.count; index++) {
          if (context.signal?.aborted === true) throw new CancelledError();
          if (document.broken.has(index)) continue;
          const entry = await steppingOver(context, async () => entryOf(document, index, await readAs(document.images, index, imageSchema), context));
          if (entry === null) continue;
          yield {
            place: document.images.place(index),
            file: entry.file,
            id: entry.id,
            size: entry.size,
            photoPath: findPhoto(entry.file),
            ...(await instancesOf(entry, document.groups.of(index))),
          };
        }
      }
    },
  };
};
