import { z } from 'zod';
import { CancelledError } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type AnnotatedInstance, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt, wholeOnes } from '../broken.ts';
import type { JsonElements } from '../json/elements.ts';
import { arrayOf, endsOf, hasMember, isJson, issueOf, missing, openSourceJson, readAs } from '../json/sourceJson.ts';
import { photoName, photosIn } from '../photosIn.ts';
import { atElement, maskOfSegmentation, remarksOf, segmentationOf, type Segmentation } from '../segmentation/segmentation.ts';

const sizeSchema = z.tuple([z.number().int().positive(), z.number().int().positive()]);
const mediaSchema = z.object({ path: z.string().optional(), size: sizeSchema.optional() });
const annotationSchema = z.object({
  type: z.string(),
  label_id: z.number().int().nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  rle: z.unknown().optional(),
  points: z.unknown().optional(),
});
type Annotation = z.infer<typeof annotationSchema>;
const itemSchema = z.object({
  id: z.string(),
  attr: z.record(z.string(), z.unknown()).nullish(),
  /** Each is read by itself: one that is broken leaves the others. */
  annotations: z.array(z.unknown()).nullish(),
  /** Called `media` by newer versions. */
  image: mediaSchema.nullish(),
  media: mediaSchema.nullish(),
});
type Item = z.infer<typeof itemSchema>;
const labelsSchema = z.object({ label: z.object({ labels: z.array(z.object({ name: z.string() })) }).optional() });

/** What has no label is a category too. */
const unlabelled = 'unlabelled';
/** Shapes that enclose something, or (boxes) say that something is there; the rest is about the whole image, about points or lines. */
const shapes = new Set(['mask', 'polygon', 'bbox']);

interface Subset {
  readonly items: JsonElements;
  readonly labels: readonly string[];
}

const isDatumaro = (text: string): boolean => /^\ufeff?\s*\{/.test(text) && hasMember(text, 'items') && ['categories', 'label_id', 'media_type', 'dm_format_version'].some((name) => hasMember(text, name)) && !hasMember(text, 'segments_info');

const openSubsets = async (source: AnnotationSource, { signal }: ImportContext): Promise<readonly Subset[]> => {
  const files = (await source.files()).filter(({ path }) => isJson(path));
  if (files.length === 0) throw brokenAt(source.name, null, 'There is no JSON file in it; Datumaro has one a subset, such as annotations/default.json.');
  const subsets: Subset[] = [];
  for (const file of files) {
    if (files.length > 1 && !isDatumaro(await endsOf(source, file))) continue;
    const document = await openSourceJson(source, file, ['items'], signal);
    const items = await arrayOf(document, 'items');
    const categories = await document.value('categories');
    if (categories === undefined) throw await missing(document, 'categories', 'member');
    const { success, data, error } = labelsSchema.safeParse(categories);
    if (!success) throw await document.broken('categories', issueOf(error));
    subsets.push({ items, labels: data.label?.labels.map(({ name }) => name) ?? [] });
  }
  if (subsets.length === 0) throw brokenAt(source.name, null, `None of its ${files.length} JSON files has Datumaro’s items.`);
  return subsets;
};

/** A polygon is one ring, without the list around it. */
const shapeOf = ({ type, rle, points }: Annotation): Segmentation => (type === 'mask' ? segmentationOf(rle) : type === 'polygon' ? segmentationOf([points]) : { kind: 'none' });

const annotationOf = async (items: JsonElements, index: number, position: number, annotations: Item['annotations']): Promise<Annotation> => {
  const { success, data, error } = annotationSchema.safeParse(annotations?.[position]);
  if (!success) throw await items.broken(index, `annotations[${position}]: ${issueOf(error)}`);
  return data;
};

const instancesOf = async ({ items, labels }: Subset, index: number, item: Item, size: AnnotatedImage['size'], context: ImportContext): Promise<Pick<AnnotatedImage, 'instances' | 'brokenInstances'>> => {
  const { maxPixels } = context;
  const { instances, brokenInstances } = await wholeOnes(context, (item.annotations ?? []).keys(), async (position): Promise<AnnotatedInstance | null> => {
    const annotation = await annotationOf(items, index, position, item.annotations);
    if (!shapes.has(annotation.type)) return null;
    const what = `annotations[${position}]: `;
    const segmentation = await atElement(items, index, what, () => shapeOf(annotation));
    const label = annotation.label_id ?? null;
    const category = label === null ? unlabelled : labels[label];
    if (category === undefined) throw await items.broken(index, `${what}There is no label ${label}; there are ${labels.length}.`);
    return {
      place: `${items.place(index)}.annotations[${position}]`,
      category,
      isCrowd: annotation.attributes?.['is_crowd'] === true,
      remarks: remarksOf(segmentation, annotation.type === 'bbox'),
      // Read again: what is only listed must not hold the shapes of thousands of images.
      mask: async () => {
        const again = await annotationOf(items, index, position, (await readAs(items, index, itemSchema)).annotations);
        return atElement(items, index, what, () => maskOfSegmentation(shapeOf(again), size, maxPixels));
      },
    };
  });
  return { instances: instances.filter((instance) => instance !== null), brokenInstances };
};

/** Datumaro's own JSON, as Datumaro and CVAT write it (docs.cvat.ai, "Datumaro"): a document a subset. */
export const datumaroImport: ImportFormat = {
  id: 'datumaro',
  label: 'Datumaro',
  summary: 'Datumaro’s JSON, as CVAT writes it too: masks and polygons, one file a subset.',
  recognise: async (source) => {
    const files = (await source.files()).filter(({ path }) => isJson(path));
    for (const file of files.slice(0, 6)) if (isDatumaro(await endsOf(source, file))) return 0.9;
    return 0;
  },
  open: async (source, context) => {
    const subsets = await openSubsets(source, context);
    const findPhoto = photosIn(await source.files());
    const imageOf = async (subset: Subset, index: number): Promise<AnnotatedImage> => {
      const item = await readAs(subset.items, index, itemSchema);
      const media = item.image ?? item.media ?? {};
      // A path that is left out is the id, whose ending is not known.
      const file = photoName(media.path !== undefined && media.path !== '' ? media.path : item.id);
      const own = item.attr?.['maskdesk_id'];
      const id = typeof own === 'string' ? own : item.id;
      const size = media.size === undefined ? ((await context.sizeOf?.({ file, id })) ?? null) : { widthPx: media.size[1], heightPx: media.size[0] };
      if (size !== null && size.widthPx * size.heightPx > context.maxPixels) throw await subset.items.broken(index, `It is said to be ${size.widthPx} x ${size.heightPx}; ${context.maxPixels} pixels are the most.`);
      return { place: subset.items.place(index), file, id, size, photoPath: findPhoto(file), ...(await instancesOf(subset, index, item, size, context)) };
    };
    return {
      categories: [...new Set([...subsets.flatMap(({ labels }) => labels), unlabelled])],
      imageCount: subsets.reduce((sum, { items }) => sum + items.count, 0),
      images: async function* () {
        for (const subset of subsets) {
          for (let index = 0; index < subset.items.count; index++) {
            if (context.signal?.aborted === true) throw new CancelledError();
            const image = await steppingOver(context, () => imageOf(subset, index));
            if (image !== null) yield image;
          }
        }
      },
    };
  },
};
