import type { AnnotatedImage, ImportContext, ImportFormat } from '../../shared/ports/importFormat.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import type { ExportFormat } from '../../shared/ports/exportFormat.ts';
import { withSplit } from './paths.ts';

const masksFolder = 'masks';

/** A PNG a mask: 8-bit, one channel, 0 or 255, as large as the photo. */
export const maskPngExport: ExportFormat = {
  id: 'mask-png',
  label: 'Mask PNGs',
  summary: 'A black and white PNG a mask, for scripts and for most training code.',
  limits: [],
  photos: 'optional',
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

const isPng = (path: string): boolean => /\.png$/i.test(path);
const isInMasksFolder = (path: string): boolean => path.split('/').slice(0, -1).includes(masksFolder);

/** Where there are folders for masks, what lies elsewhere is something else: photos, say. */
const masksAmong = (paths: readonly string[]): readonly string[] => {
  const pngs = paths.filter(isPng);
  const inFolder = pngs.filter(isInMasksFolder);
  return inFolder.length > 0 ? inFolder : pngs;
};
const category = 'mask';

const imageOf = (source: AnnotationSource, path: string, { codec }: ImportContext): AnnotatedImage => ({
  place: path,
  file: path,
  id: null,
  size: null,
  photoPath: null,
  instances: [{ place: path, category, isCrowd: false, remarks: [], mask: async () => codec.decodeMask(await source.read(path)) }],
});

/** Any folder of PNGs: each is a mask of the photo that has its name. */
export const maskPngImport: ImportFormat = {
  id: 'mask-png',
  label: 'Mask PNGs',
  summary: 'A folder of PNG masks that have their photos’ names; what is lighter than mid-grey is mask.',
  recognise: async (source) => {
    const [first] = masksAmong((await source.files()).map(({ path }) => path));
    return first === undefined ? 0 : isInMasksFolder(first) ? 0.6 : 0.2;
  },
  open: async (source, context) => {
    const masks = masksAmong((await source.files()).map(({ path }) => path));
    return {
      categories: [category],
      imageCount: masks.length,
      images: async function* () {
        for (const path of masks) yield imageOf(source, path, context);
      },
    };
  },
};
