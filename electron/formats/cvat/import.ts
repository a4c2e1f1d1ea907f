import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type AnnotatedInstance, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt, wholeOnes } from '../broken.ts';
import { assetSize, checkedSize, photoSize, type ImageSize } from '../photoHeader.ts';
import { readImages, type CvatImage, type CvatMeta, type CvatShape } from './readImages.ts';
import { shapesMask } from './shapeMask.ts';

const isXml = (path: string): boolean => /\.xml$/i.test(path);

const beginsAsCvat = async (source: AnnotationSource, path: string): Promise<boolean> => {
  const file = await source.open(path);
  try {
    return /<annotations[\s>]/.test(new TextDecoder().decode(await file.read(0, 4096)));
  } finally {
    await file.close();
  }
};

const documentsIn = async (source: AnnotationSource): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { path } of await source.files()) if (isXml(path) && (await beginsAsCvat(source, path))) found.push(path);
  return found;
};

/** Where CVAT packs photos: in `images`, those of a project in a folder for each subset. */
const photoOf = (document: string, name: string, subset: string | undefined, files: ReadonlySet<string>): string | null => {
  const folder = document.slice(0, document.lastIndexOf('/') + 1);
  const inSubset = subset === undefined || subset === '' ? [] : [`images/${subset}/${name}`, `${subset}/${name}`];
  return [...inSubset, `images/${name}`, name].map((path) => folder + path).find((path) => files.has(path)) ?? null;
};

const sizeOf = async (source: AnnotationSource, context: ImportContext, document: string, { attributes, at }: CvatImage, meta: CvatMeta, file: string, photo: string | null): Promise<ImageSize | null> => {
  const { width = meta.originalSize.width, height = meta.originalSize.height } = attributes;
  if (width !== undefined || height !== undefined) return checkedSize(Number(width), Number(height), context, (sentence) => brokenAt(document, at, sentence));
  if (photo !== null) return photoSize(source, context, photo);
  return assetSize(context, file);
};

/** Shapes of one group and label are one object; group 0 is none. */
const objectsIn = (shapes: readonly CvatShape[]): readonly (readonly CvatShape[])[] => {
  const groups = new Map<string, CvatShape[]>();
  for (const [index, shape] of shapes.entries()) {
    const group = shape.attributes['group_id'];
    const key = group === undefined || group === '0' || group === '' ? `${index}` : `group ${group} ${shape.label}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [shape]);
    else known.push(shape);
  }
  return [...groups.values()];
};

const instanceOf = (document: string, shapes: readonly CvatShape[], size: ImageSize | null): AnnotatedInstance => {
  const [first] = shapes as [CvatShape];
  const { remarks, mask } = shapesMask(document, shapes);
  return {
    place: `${document}, line ${first.at.line}`,
    category: first.label,
    isCrowd: false,
    remarks,
    mask: async () => {
      if (size === null) throw brokenAt(document, first.at, 'The image has no width and height, its photo is not in the source, and no asset has its name.');
      return mask(size);
    },
  };
};

const read = async (source: AnnotationSource, context: ImportContext, document: string, image: CvatImage, meta: CvatMeta, files: ReadonlySet<string>): Promise<AnnotatedImage> => {
  const name = image.attributes['name']?.replaceAll('\\', '/');
  if (name === undefined || name === '') throw brokenAt(document, image.at, 'An <image> has no name.');
  const photoPath = photoOf(document, name, image.attributes['subset'], files);
  const size = await sizeOf(source, context, document, image, meta, name, photoPath);
  const { instances, brokenInstances } = await wholeOnes(context, objectsIn(image.shapes), (shapes) => instanceOf(document, shapes, size));
  return { place: `${document}, line ${image.at.line}`, file: name, id: null, size, photoPath, instances, brokenInstances: brokenInstances + image.broken };
};

/** "CVAT for images 1.1" (https://docs.cvat.ai/docs/manual/advanced/xml_format/), of a task or of a project with subsets. */
export const cvatImport: ImportFormat = {
  id: 'cvat',
  label: 'CVAT 1.1',
  summary: 'An annotations.xml of “CVAT for images 1.1” with masks, polygons and ellipses; shapes of one group are one object.',
  recognise: async (source) => {
    try {
      return (await documentsIn(source)).length > 0 ? 0.95 : 0;
    } catch {
      // A file that can't be read is told by open.
      return 0;
    }
  },
  open: async (source, context) => {
    const documents = await documentsIn(source);
    const files = new Set((await source.files()).map(({ path }) => path));
    const metas = new Map<string, CvatMeta>();
    const categories = new Set<string>();
    let imageCount = 0;
    for (const document of documents) {
      const meta: CvatMeta = { labels: [], originalSize: {} };
      metas.set(document, meta);
      const used = new Set<string>();
      for await (const { shapes } of readImages(source, document, meta, context)) {
        imageCount++;
        for (const { label } of shapes) used.add(label);
      }
      for (const label of [...meta.labels, ...used]) categories.add(label);
    }
    return {
      categories: [...categories],
      imageCount,
      images: async function* () {
        for (const [document, meta] of metas) {
          for await (const image of readImages(source, document, { labels: [], originalSize: {} }, context)) {
            const whole = await steppingOver(context, () => read(source, context, document, image, meta, files));
            if (whole !== null) yield whole;
          }
        }
      },
    };
  },
};
