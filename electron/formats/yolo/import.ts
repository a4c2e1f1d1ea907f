import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type AnnotatedInstance, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import { baseName, isPicture, withoutEnding } from '../labels/fileNames.ts';
import { assetSize, photoSize, type ImageSize } from '../photoHeader.ts';
import { drawRing, ringRemark } from '../polygons/drawRing.ts';
import { namesFiles, readClassNames, type ClassNames } from './classNames.ts';
import { imageRing, parseLabels, type LabelLine } from './labelLine.ts';

const largestLabelBytes = 64 * 2 ** 20;
/** Names of text files that lie about in such folders and are no labels; but a photo may be called so, too. */
const isOftenOther = (path: string): boolean => /^(classes|train|val|valid|test|trainval|readme.*|license|requirements|notes|labelmap)\.txt$/i.test(baseName(path));
const isText = (path: string): boolean => /\.txt$/i.test(path);
const isInLabels = (path: string): boolean => /(^|\/)labels\//.test(path);

/** At least one of the two. */
interface YoloImage {
  readonly photo: string | null;
  readonly labels: string | null;
}

/** Labels are in `labels/` where the photo is in `images/` (the last such folder of its path), or beside it. */
const labelPathsOf = (photo: string): readonly string[] => {
  const beside = `${withoutEnding(photo)}.txt`;
  const at = `/${beside}`.lastIndexOf('/images/');
  return at === -1 ? [beside] : [`${`/${beside}`.slice(0, at)}/labels/${`/${beside}`.slice(at + 8)}`.slice(1), beside];
};

/** Null: it is empty. */
const looksLikeLabels = async (source: AnnotationSource, path: string): Promise<boolean | null> => {
  const file = await source.open(path);
  try {
    const [first = ''] = new TextDecoder().decode(await file.read(0, 4096)).trimStart().split('\n');
    return first === '' ? null : /^\d+(\.0+)?([ \t]+[-+.\deE]+){4,}/.test(first);
  } finally {
    await file.close();
  }
};

/** Text files that are labels, or should be: of those with names as `test.txt` such as lie in `labels/` for a photo, or read like labels. */
const labelTexts = async (source: AnnotationSource, paths: readonly string[]): Promise<readonly string[]> => {
  const ofPhotos = new Set(paths.filter(isPicture).flatMap(labelPathsOf));
  const isLabels = async (path: string): Promise<boolean> => {
    if (!isOftenOther(path) || (ofPhotos.has(path) && isInLabels(path))) return true;
    const looks = await looksLikeLabels(source, path);
    return looks ?? ofPhotos.has(path);
  };
  const texts: string[] = [];
  for (const path of paths) if (isText(path) && (await isLabels(path))) texts.push(path);
  return texts;
};

const findImages = (paths: readonly string[], texts: readonly string[]): readonly YoloImage[] => {
  const inFolders = texts.filter(isInLabels);
  const labels = new Set(inFolders.length > 0 ? inFolders : texts);
  const used = new Set<string>();
  const images: YoloImage[] = [];
  for (const photo of paths.filter(isPicture)) {
    const found = labelPathsOf(photo).find((path) => labels.has(path)) ?? null;
    if (found !== null) used.add(found);
    images.push({ photo, labels: found });
  }
  for (const path of labels) if (!used.has(path)) images.push({ photo: null, labels: path });
  return images;
};

const readLabels = async (source: AnnotationSource, path: string): Promise<readonly LabelLine[]> => parseLabels(path, new TextDecoder().decode(await source.read(path, largestLabelBytes)));

const nameOf = (path: string, { line, classNumber }: LabelLine, classes: ClassNames | null): string => {
  if (classes === null) return `class ${classNumber}`;
  const name = classes.names.get(classNumber);
  if (name === undefined) throw brokenAt(path, { line, column: 1 }, `Class ${classNumber} has no name in ${classes.path}.`);
  return name;
};

const instanceOf = (path: string, label: LabelLine, classes: ClassNames | null, size: ImageSize | null): AnnotatedInstance => {
  const { line, outline, hasConfidence } = label;
  const ring = outline === null || size === null ? null : imageRing(outline, size.widthPx, size.heightPx);
  const remarks = [outline === null ? 'It is a box without a shape, and gives no mask.' : null, hasConfidence ? 'Its last number is taken for how sure a model was.' : null, ring === null ? null : ringRemark(ring)];
  return {
    place: `${path}, line ${line}`,
    category: nameOf(path, label, classes),
    isCrowd: false,
    remarks: remarks.filter((remark) => remark !== null),
    mask: async (): Promise<Bitmap> => {
      if (size === null) throw brokenAt(path, null, 'Its photo is not in the source and no asset has its name, so nothing says how large its masks are.');
      const mask = emptyBitmap(size.widthPx, size.heightPx);
      if (ring !== null) drawRing(mask, ring);
      return mask;
    },
  };
};

const sizeOf = async (source: AnnotationSource, context: ImportContext, { photo }: YoloImage, file: string): Promise<ImageSize | null> => {
  if (photo !== null) return photoSize(source, context, photo);
  return assetSize(context, file);
};

const read = async (source: AnnotationSource, context: ImportContext, image: YoloImage, classes: ClassNames | null): Promise<AnnotatedImage> => {
  throwIfCancelled(context.signal);
  const file = image.photo ?? image.labels ?? '';
  const size = await sizeOf(source, context, image, file);
  const path = image.labels;
  const lines = path === null ? [] : await readLabels(source, path);
  return { place: path ?? file, file, id: null, size, photoPath: image.photo, instances: path === null ? [] : lines.map((line) => instanceOf(path, line, classes, size)) };
};

/** Without names they are told by number, and which there are is only known from all files. */
const numbersUsed = async (source: AnnotationSource, context: ImportContext, images: readonly YoloImage[]): Promise<readonly string[]> => {
  const numbers = new Set<number>();
  for (const path of new Set(images.flatMap(({ labels }) => (labels === null ? [] : [labels])))) {
    throwIfCancelled(context.signal);
    for (const { classNumber } of (await steppingOver(context, () => readLabels(source, path))) ?? []) numbers.add(classNumber);
  }
  return [...numbers].sort((a, b) => a - b).map((number) => `class ${number}`);
};

/** Text files of outlines for each photo (https://docs.ultralytics.com/datasets/segment/), in the folders of Ultralytics, of Roboflow, or beside the photos. */
export const yoloImport: ImportFormat = {
  id: 'yolo',
  label: 'YOLO segmentation',
  summary: 'Text files with a class and an outline a line, beside their photos or in “labels” as those are in “images”; names from data.yaml or classes.txt.',
  recognise: async (source) => {
    try {
      const paths = (await source.files()).map(({ path }) => path);
      const texts = await labelTexts(source, paths);
      const tried = [...texts.filter(isInLabels), ...texts].slice(0, 5);
      const looks = await Promise.all(tried.map((path) => looksLikeLabels(source, path)));
      if (looks.includes(false)) return 0;
      const hasNames = namesFiles(paths, texts).length > 0;
      if (looks.includes(true)) return hasNames ? 0.95 : 0.8;
      return hasNames && tried.length > 0 && texts.some(isInLabels) ? 0.7 : 0;
    } catch {
      // A file that can't be read is told by open.
      return 0;
    }
  },
  open: async (source, context) => {
    const paths = (await source.files()).map(({ path }) => path);
    const texts = await labelTexts(source, paths);
    const images = findImages(paths, texts);
    const classes = await readClassNames(source, namesFiles(paths, texts));
    return {
      categories: classes === null ? await numbersUsed(source, context, images) : [...new Set(classes.names.values())],
      imageCount: images.length,
      images: async function* () {
        // A file is one photo's: with a line that is broken nobody knows what else of it is.
        for (const image of images) {
          const whole = await steppingOver(context, () => read(source, context, image, classes));
          if (whole !== null) yield whole;
        }
      },
    };
  },
};
