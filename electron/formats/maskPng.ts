import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { hasMaskColours, pngColoursBytes } from '../../shared/picture/pngColours.ts';
import type { AnnotatedImage, ImportFormat } from '../../shared/ports/importFormat.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import type { ExportFormat } from '../../shared/ports/exportFormat.ts';
import { baseName, endingOf, isPicture, withoutEnding } from './labels/fileNames.ts';
import { insideOf } from './labels/insideOf.ts';
import { readPicture } from './labels/keyedRaster.ts';
import { withSplit } from './paths.ts';

const masksFolder = 'masks';

/** A PNG a mask: 8-bit, one channel, 0 or 255, as large as the photo. */
export const maskPngExport: ExportFormat = {
  id: 'mask-png',
  label: 'Mask PNGs',
  summary: 'A black and white PNG a mask, for scripts and for most training code.',
  limits: ['Categories: they stand in manifest.jsonl alone.'],
  photos: 'optional',
  hasCategories: false,
  options: [],
  readBack: 'mask-png',
  open: ({ codec, withPhotos }) => ({
    encode: async (item) => ({
      files: [
        { path: withSplit(item.split, `${masksFolder}/${item.stem}.png`), bytes: await codec.encodeMask(item.mask) },
        ...(withPhotos ? [{ path: withSplit(item.split, `images/${item.photoName}`), bytes: await item.photo() }] : []),
      ],
      fragments: [],
      losses: [],
    }),
    documents: () => [],
  }),
};

const category = 'mask';
const mostLooked = 8;

const isPng = (path: string): boolean => /\.png$/i.test(path);
const maskFolder = /(^|\/)(masks?|labels?|segmentations?|ground_?truth|gt)\//i;
const suffix = /[-_.]masks?$/i;

const isNamedMask = (path: string): boolean => suffix.test(withoutEnding(baseName(path)));

/**
 * Those that lie in a folder of masks, else those that are called masks: what lies beside them is something else, photos, say, and a photo may be called `face-mask`
 * itself. Where none is, all.
 */
const masksAmong = (paths: readonly string[]): readonly string[] => {
  const all = paths.filter(isPng);
  return [all.filter((path) => maskFolder.test(path)), all.filter(isNamedMask)].find(({ length }) => length > 0) ?? all;
};

/** Path of the photo that a mask may be of, where its name ends in what says mask: `masks/cup_mask.png` is of `masks/cup.png`. */
const withoutSuffix = (path: string): string | undefined => {
  const name = baseName(path);
  const plain = withoutEnding(name).replace(suffix, '');
  return plain === '' || !isNamedMask(path) ? undefined : `${path.slice(0, -name.length)}${plain}${endingOf(name)}`;
};

/** Whether a file's header says grey or indices: photos have colours. */
const isGreyOrIndexed = async (source: AnnotationSource, path: string): Promise<boolean> => {
  try {
    const file = await source.open(path);
    try {
      return hasMaskColours(await file.read(0, pngColoursBytes));
    } finally {
      await file.close();
    }
  } catch {
    return false; // What can't be read is no reason to be sure; opening it says why.
  }
};

/** PNGs: each is a mask of the photo that has its name. */
export const maskPngImport: ImportFormat = {
  id: 'mask-png',
  label: 'Mask PNGs',
  summary: 'A folder of PNG masks that have their photos’ names, also with _mask behind: light is inside, or alpha, or any colour of a palette but the first.',
  recognise: async (source) => {
    const masks = masksAmong((await source.files()).map(({ path }) => path));
    if (masks.length === 0) return 0;
    if (masks.some((path) => maskFolder.test(path) || isNamedMask(path))) return 0.6;
    for (const path of masks.slice(0, mostLooked)) if (!(await isGreyOrIndexed(source, path))) return 0.1;
    return 0.4;
  },
  open: async (source, context) => {
    const paths = (await source.files()).map(({ path }) => path);
    const masks = masksAmong(paths);
    const known = new Set(masks);
    const photos = new Map(paths.filter((path) => isPicture(path) && !known.has(path)).map((path) => [withoutEnding(baseName(path)), path]));
    return {
      categories: [category],
      imageCount: masks.length,
      images: async function* (): AsyncGenerator<AnnotatedImage> {
        for (const path of masks) {
          const plainFile = withoutSuffix(path);
          const photoPath = [path, plainFile].flatMap((name) => (name === undefined ? [] : (photos.get(withoutEnding(baseName(name))) ?? [])))[0] ?? null;
          const mask = (): Promise<Bitmap> => readPicture(source, context, path, async (bytes) => insideOf(await context.codec.decodeSamples(bytes)));
          yield { place: path, file: path, plainFile, id: null, size: null, photoPath, instances: [{ place: path, category, isCrowd: false, remarks: [], mask }] };
        }
      },
    };
  },
};
