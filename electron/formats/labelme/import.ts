import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type AnnotatedInstance, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt, wholeOnes } from '../broken.ts';
import { isPicture, withoutEnding } from '../labels/fileNames.ts';
import { assetSize, checkedSize, photoSize, type ImageSize } from '../photoHeader.ts';
import { bytesOfBase64, readDocument, type LabelmeDocument, type LabelmeShape } from './document.ts';
import { shapesMask } from './shapeMask.ts';

const isJson = (path: string): boolean => /\.json$/i.test(path);

/** Where a relative path leads from a folder; null: out of the source. */
const resolved = (folder: string, relative: string): string | null => {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
};

/** As the document says; where it says something else than what is there, the picture of the document's name. */
const photoOf = (path: string, imagePath: string, files: ReadonlySet<string>): string | null => {
  const said = resolved(path.slice(0, Math.max(0, path.lastIndexOf('/'))), imagePath);
  if (said !== null && files.has(said) && isPicture(said)) return said;
  const stem = withoutEnding(path);
  return ['.jpg', '.jpeg', '.png', '.JPG', '.JPEG', '.PNG', '.webp', '.tif', '.tiff'].map((ending) => stem + ending).find((beside) => files.has(beside)) ?? null;
};

/** As said, else of the photo that is in the document, else of the one beside it. */
const sizeOf = async (source: AnnotationSource, context: ImportContext, path: string, document: LabelmeDocument, file: string, photo: string | null): Promise<ImageSize | null> => {
  const { imageWidth, imageHeight, imageData } = document;
  const checked = (width: unknown, height: unknown): ImageSize => checkedSize(width, height, context, (sentence) => brokenAt(path, 'imageWidth and imageHeight', sentence));
  if (typeof imageWidth === 'number' || typeof imageHeight === 'number') return checked(imageWidth, imageHeight);
  if (typeof imageData === 'string') {
    try {
      const { widthPx, heightPx } = await context.codec.probe(bytesOfBase64(imageData));
      return checked(widthPx, heightPx);
    } catch (error) {
      if (error instanceof ExpectedError && error.code.startsWith('image_')) throw brokenAt(path, 'imageData', error.message, error);
      throw error;
    }
  }
  if (photo !== null) return photoSize(source, context, photo);
  return assetSize(context, file);
};

type IndexedShape = readonly [index: number, shape: LabelmeShape];

/** Shapes of one group and label are one object. */
const objectsIn = (shapes: readonly LabelmeShape[]): readonly (readonly IndexedShape[])[] => {
  const objects = new Map<string, IndexedShape[]>();
  for (const [index, shape] of shapes.entries()) {
    const key = shape.group_id === null || shape.group_id === undefined ? `${index}` : `group ${JSON.stringify(shape.group_id)} ${shape.label}`;
    const known = objects.get(key);
    if (known === undefined) objects.set(key, [[index, shape]]);
    else known.push([index, shape]);
  }
  return [...objects.values()];
};

const instanceOf = (context: ImportContext, path: string, shapes: readonly IndexedShape[], size: ImageSize | null): AnnotatedInstance => {
  const [[index, { label }]] = shapes as [IndexedShape];
  const { remarks, mask } = shapesMask(context.codec, path, shapes);
  return {
    place: `${path}, shapes[${index}]`,
    category: label,
    isCrowd: false,
    remarks,
    mask: async () => {
      if (size === null) throw brokenAt(path, null, 'It does not say how large the image is, its photo is not in the source, and no asset has its name.');
      return mask(size);
    },
  };
};

const imageOf = async (source: AnnotationSource, context: ImportContext, path: string, document: LabelmeDocument, files: ReadonlySet<string>): Promise<AnnotatedImage> => {
  const said = (document.imagePath ?? '').replaceAll('\\', '/');
  const photo = photoOf(path, said, files);
  const file = said === '' ? (photo ?? path) : said;
  const size = await sizeOf(source, context, path, document, file, photo);
  return { place: path, file, id: null, size, photoPath: photo, ...(await wholeOnes(context, objectsIn(document.shapes), (shapes) => instanceOf(context, path, shapes, size))) };
};

const looksLike = async (source: AnnotationSource, path: string): Promise<boolean> => {
  const file = await source.open(path);
  try {
    return /"(shapes"\s*:\s*\[|imageData"\s*:|imagePath"\s*:)/.test(new TextDecoder().decode(await file.read(0, 64 * 1024)));
  } finally {
    await file.close();
  }
};

/** Label files of labelme of all versions (labelme/label_file.py of https://github.com/wkentaro/labelme). */
export const labelmeImport: ImportFormat = {
  id: 'labelme',
  label: 'labelme',
  summary: 'A JSON file a photo with masks, polygons, rectangles and circles; shapes of one group are one object.',
  recognise: async (source) => {
    try {
      const tried = (await source.files()).filter(({ path }) => isJson(path)).slice(0, 5);
      const looks = await Promise.all(tried.map(({ path }) => looksLike(source, path)));
      return looks.every((like) => like) && looks.length > 0 ? 0.95 : looks.includes(true) ? 0.6 : 0;
    } catch {
      // A file that can't be read is told by open.
      return 0;
    }
  },
  open: async (source, context) => {
    const files = new Set((await source.files()).map(({ path }) => path));
    const paths: string[] = [];
    const categories = new Set<string>();
    for (const path of [...files].filter(isJson)) {
      throwIfCancelled(context.signal);
      const document = await steppingOver(context, () => readDocument(source, path));
      if (document === null) continue;
      paths.push(path);
      for (const { label } of document.shapes) categories.add(label);
    }
    return {
      categories: [...categories],
      imageCount: paths.length,
      images: async function* () {
        for (const path of paths) {
          throwIfCancelled(context.signal);
          const image = await steppingOver(context, async () => {
            const document = await readDocument(source, path);
            return document === null ? null : imageOf(source, context, path, document, files);
          });
          if (image !== null) yield image;
        }
      },
    };
  },
};
