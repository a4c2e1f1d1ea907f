import { ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import type { ImageInfo } from '../../shared/ports/imageCodec.ts';
import type { ImportContext } from '../../shared/ports/importFormat.ts';
import { brokenAt } from './broken.ts';

/** Headers nearly always end before; what is in front of the size (colour profiles, previews) may make them longer, and then the whole file is read. */
const headerBytes = 256 * 1024;

export interface ImageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** @throws ExpectedError annotations_invalid for sides that are no whole numbers from 1, and for more pixels than may be */
export const checkedSize = (widthPx: unknown, heightPx: unknown, { maxPixels }: Pick<ImportContext, 'maxPixels'>, fault: (sentence: string) => ExpectedError): ImageSize => {
  const isSide = (side: unknown): side is number => typeof side === 'number' && Number.isSafeInteger(side) && side >= 1;
  if (!isSide(widthPx) || !isSide(heightPx)) throw fault('The size of the image is not two whole numbers from 1.');
  if (widthPx * heightPx > maxPixels) throw fault(`The image is said to be ${widthPx} x ${heightPx}; ${maxPixels} pixels are the most.`);
  return { widthPx, heightPx };
};

const probeStart = async (source: AnnotationSource, { codec }: ImportContext, path: string): Promise<ImageInfo> => {
  const file = await source.open(path);
  try {
    const start = await file.read(0, headerBytes);
    if (file.sizeBytes <= headerBytes) return await codec.probe(start);
    try {
      return await codec.probe(start);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
    }
  } finally {
    await file.close();
  }
  return codec.probe(await source.read(path));
};

/** Size of a photo of the source, upright, without unpacking it. @throws ExpectedError annotations_invalid naming the photo, file_unreadable */
export const photoSize = async (source: AnnotationSource, context: ImportContext, path: string): Promise<ImageSize> => {
  try {
    const { widthPx, heightPx } = await probeStart(source, context, path);
    return checkedSize(widthPx, heightPx, context, (sentence) => brokenAt(path, null, sentence));
  } catch (error) {
    if (isExpected(error) && error.code.startsWith('image_')) throw brokenAt(path, null, error.message, error);
    throw error;
  }
};

/** Of the asset that a photo of this name belongs to, for annotations that come without sizes and photos; null: not known. */
export const assetSize = async ({ sizeOf, maxPixels }: ImportContext, file: string): Promise<ImageSize | null> => {
  const known = (await sizeOf?.({ file, id: null })) ?? null;
  return known !== null && known.widthPx * known.heightPx <= maxPixels ? known : null;
};
