import { z } from 'zod';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { AnnotatedInstance, ImportContext, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { wholeOnes } from '../broken.ts';
import { baseName } from '../labels/fileNames.ts';
import { keepLast, maskOfKey, readPicture, type KeyedRaster } from '../labels/keyedRaster.ts';
import { readAs } from '../json/sourceJson.ts';
import { openCocoDocuments, recogniseCoco } from './documents.ts';
import { cocoReader, type CocoImageEntry } from './images.ts';

const annotationSchema = z.object({
  file_name: z.string(),
  segments_info: z.array(
    z.object({
      id: z.number().int().min(1).max(0xffffff),
      category_id: z.union([z.number(), z.string()]),
      iscrowd: z.union([z.number(), z.boolean()]).nullish(),
    }),
  ),
});

const rasterOf = (source: AnnotationSource, context: ImportContext) => async (path: string): Promise<KeyedRaster> => {
  const { widthPx, heightPx, data } = await readPicture(source, context, path, (bytes) => context.codec.decodeRgb(bytes));
  const keys = new Uint32Array(widthPx * heightPx);
  for (let pixel = 0; pixel < keys.length; pixel++) keys[pixel] = (data[3 * pixel] as number) | ((data[3 * pixel + 1] as number) << 8) | ((data[3 * pixel + 2] as number) << 16);
  return { widthPx, heightPx, keys, remarks: [] };
};

/** COCO keeps the PNGs in a folder beside the document that has its name; others put them anywhere. */
const pngFinder = (paths: readonly string[]): ((document: string, name: string) => string | null) => {
  const known = new Set(paths);
  const byName = new Map<string, string | null>();
  for (const path of paths) byName.set(baseName(path), byName.has(baseName(path)) ? null : path);
  return (document, name) => {
    const own = `${document.replace(/\.json$/i, '')}/${name}`;
    return known.has(own) ? own : (byName.get(baseName(name)) ?? null);
  };
};

/** COCO's panoptic segmentation (cocodataset.org, "Data format", 4): each pixel of a PNG is the id of its segment, red + 256 green + 65536 blue. */
export const cocoPanopticImport: ImportFormat = {
  id: 'coco-panoptic',
  label: 'COCO panoptic',
  summary: 'COCO’s panoptic segmentation: a JSON file with segments_info, and PNGs whose colours are their ids.',
  recognise: (source) => recogniseCoco(source, 'panoptic'),
  open: async (source, context) => {
    const documents = await openCocoDocuments(source, 'panoptic', context);
    const findPng = pngFinder((await source.files()).map(({ path }) => path).filter((path) => /\.png$/i.test(path)));
    const load = keepLast(rasterOf(source, context));
    const ofAnnotation = async ({ document, size }: CocoImageEntry, index: number): Promise<readonly AnnotatedInstance[]> => {
      const { annotations, categoryNames } = document;
      const { file_name: name, segments_info: segments } = await readAs(annotations, index, annotationSchema);
      const path = findPng(document.path, name.replaceAll('\\', '/'));
      if (path === null) throw await annotations.broken(index, `Its picture ${JSON.stringify(name)} is not there.`);
      const instances: AnnotatedInstance[] = [];
      const ids = new Set<number>();
      for (const [position, { id, category_id: categoryId, iscrowd }] of segments.entries()) {
        const category = categoryNames.get(String(categoryId));
        if (category === undefined) throw await annotations.broken(index, `segments_info[${position}]: There is no category with the id ${JSON.stringify(categoryId)}.`);
        if (ids.has(id)) throw await annotations.broken(index, `segments_info[${position}]: The id ${id} is that of another segment already.`);
        ids.add(id);
        instances.push({
          place: `${annotations.place(index)}.segments_info[${position}]`,
          category,
          isCrowd: Boolean(iscrowd),
          remarks: [],
          mask: async () => {
            const raster = await load(path);
            if (size !== null && (raster.widthPx !== size.widthPx || raster.heightPx !== size.heightPx)) {
              throw await annotations.broken(index, `Its picture is ${raster.widthPx} x ${raster.heightPx}, and its image ${size.widthPx} x ${size.heightPx}.`);
            }
            return maskOfKey(raster, id);
          },
        });
      }
      return instances;
    };
    return cocoReader(source, documents, context, async (entry, annotations) => {
      const { instances, brokenInstances } = await wholeOnes(context, annotations, (index) => ofAnnotation(entry, index));
      return { instances: instances.flat(), brokenInstances };
    });
  },
};
