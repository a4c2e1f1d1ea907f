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

const isMask = (path: string): boolean => /\.png$/i.test(path);
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
    const files = await source.files();
    const masks = files.filter(({ path }) => isMask(path)).length;
    return masks === 0 ? 0 : files.some(({ path }) => path.includes(`${masksFolder}/`) && isMask(path)) ? 0.6 : 0.2;
  },
  open: async (source, context) => {
    const masks = (await source.files()).map(({ path }) => path).filter(isMask);
    return {
      categories: [category],
      imageCount: masks.length,
      images: async function* () {
        for (const path of masks) yield imageOf(source, path, context);
      },
    };
  },
};
