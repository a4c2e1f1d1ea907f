import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import { baseName, endingOf, isPicture, withoutEnding } from '../labels/fileNames.ts';
import { instancesOf, keepLast, keysIn, readPicture, type KeyedRaster } from '../labels/keyedRaster.ts';
import { cityscapesNames, isThing, labelFileName, parseLabelFile } from './labelNames.ts';

const datasetFolder = /(^|\/)gt(Fine|Coarse)\//;
const maskFolder = /(^|\/)masks?\//i;
const groundTruth = /_gt(?:Fine|Coarse)_(instanceIds|labelIds)\.png$/;
const photoSuffix = '_leftImg8bit';
/** Numbers from here on are class * 1000 + instance; those below are a class alone. */
const firstInstance = 1000;

interface CityscapesImage {
  readonly path: string;
  readonly stem: string;
  readonly photo: string | null;
}

const findImages = async (source: AnnotationSource): Promise<readonly CityscapesImage[]> => {
  const files = (await source.files()).map(({ path }) => path);
  const photos = new Map(files.filter((path) => isPicture(path) && withoutEnding(path).endsWith(photoSuffix)).map((path) => [withoutEnding(baseName(path)).slice(0, -photoSuffix.length), path]));
  const best = new Map<string, CityscapesImage>();
  for (const path of files) {
    const found = groundTruth.exec(path);
    if (found === null) continue;
    const whole = path.slice(0, found.index);
    // Instances say more than classes; the coarse annotation is for images that have no fine one.
    const rank = (candidate: string): number => (candidate.includes('_gtFine_') ? 2 : 0) + (candidate.endsWith('_instanceIds.png') ? 1 : 0);
    const key = whole.replace(/(^|\/)gt(Fine|Coarse)\//, '$1');
    const known = best.get(key);
    if (known === undefined || rank(path) > rank(known.path)) best.set(key, { path, stem: baseName(whole), photo: photos.get(baseName(whole)) ?? null });
  }
  return [...best.values()];
};

const rasterOf = async (source: AnnotationSource, context: ImportContext, path: string): Promise<KeyedRaster> => {
  const { widthPx, heightPx, data } = await readPicture(source, context, path, (bytes) => context.codec.decodeIndexed(bytes));
  return { widthPx, heightPx, keys: data, remarks: [] };
};

const classOf = (path: string, key: number): number => (path.endsWith('_instanceIds.png') && key >= firstInstance ? Math.floor(key / firstInstance) : key);

export const cityscapesImport: ImportFormat = {
  id: 'cityscapes',
  label: 'Cityscapes',
  summary: 'Files that end in _gtFine_instanceIds.png or _gtFine_labelIds.png.',
  recognise: async (source) => {
    const paths = (await source.files()).map(({ path }) => path);
    const found = paths.filter((path) => groundTruth.test(path));
    if (found.length === 0) return 0;
    const known = new Set(paths);
    const hasSibling = (path: string): boolean => ['labelIds.png', 'instanceIds.png', 'color.png', 'polygons.json'].some((ending) => !path.endsWith(ending) && known.has(path.replace(/(labelIds|instanceIds)\.png$/, ending)));
    if (found.some((path) => datasetFolder.test(path) || hasSibling(path))) return 0.95;
    // Alone in another tool's folder it may be the mask of a photo that is called so.
    return found.some((path) => maskFolder.test(path)) ? 0.5 : 0.65;
  },
  open: async (source, context) => {
    const namesPath = (await source.files()).map(({ path }) => path).find((path) => baseName(path) === labelFileName);
    const own = namesPath === undefined ? null : parseLabelFile(namesPath, await source.read(namesPath, 16 * 2 ** 20));
    const images = await findImages(source);
    const load = keepLast((path: string) => rasterOf(source, context, path));
    /** Null: not an object. */
    const nameOf = (path: string, id: number): string | null => {
      if (own === null) return id === 0 ? null : (cityscapesNames[id] ?? `class ${id}`);
      const name = own[id];
      if (name === undefined) throw brokenAt(path, null, `The class ${id} is none of the ${own.length} of ${labelFileName}.`);
      return name;
    };
    const used = new Map<number, string>();
    // Without names in the source they are those that occur.
    if (own === null) {
      for (const { path } of images) {
        for (const key of (await steppingOver(context, async () => keysIn(path, await load(path)))) ?? []) used.set(classOf(path, key), nameOf(path, classOf(path, key)) as string);
      }
    }
    const names = own === null ? [...used].sort(([a], [b]) => a - b).map(([, name]) => name) : own.filter((name) => name !== null);
    return {
      categories: [...new Set(names)],
      imageCount: images.length,
      images: async function* (): AsyncGenerator<AnnotatedImage> {
        for (const { path, stem, photo } of images) {
          const image = await steppingOver(context, async () => {
            const raster = await load(path);
            const { widthPx, heightPx } = raster;
            const instances = instancesOf(path, raster, load, (key) => {
              const id = classOf(path, key);
              return { what: key === id ? `class ${id}` : `instance ${key}`, category: nameOf(path, id), isCrowd: own === null && isThing(key) };
            });
            return { place: path, file: `${stem}${photo === null ? '.png' : endingOf(photo)}`, id: `${stem}${photoSuffix}`, size: { widthPx, heightPx }, photoPath: photo, instances };
          });
          if (image !== null) yield image;
        }
      },
    };
  },
};
