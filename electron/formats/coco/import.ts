import { z } from 'zod';
import type { AnnotatedInstance, ImportContext, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { wholeOnes } from '../broken.ts';
import { readAs } from '../json/sourceJson.ts';
import { atElement, maskOfSegmentation, remarksOf, segmentationOf, type Segmentation } from '../segmentation/segmentation.ts';
import { openCocoDocuments, recogniseCoco } from './documents.ts';
import { cocoReader, type CocoImageEntry } from './images.ts';

const annotationSchema = z.object({
  category_id: z.union([z.number(), z.string()]),
  segmentation: z.unknown().optional(),
  bbox: z.unknown().optional(),
  iscrowd: z.union([z.number(), z.boolean()]).nullish(),
});

const instanceOf = async ({ document, size }: CocoImageEntry, index: number, { maxPixels }: ImportContext): Promise<AnnotatedInstance> => {
  const { annotations, categoryNames } = document;
  const read = async (): Promise<{ annotation: z.infer<typeof annotationSchema>; segmentation: Segmentation }> => {
    const annotation = await readAs(annotations, index, annotationSchema);
    return { annotation, segmentation: await atElement(annotations, index, '', () => segmentationOf(annotation.segmentation)) };
  };
  const { annotation, segmentation } = await read();
  const category = categoryNames.get(String(annotation.category_id));
  if (category === undefined) throw await annotations.broken(index, `There is no category with the id ${JSON.stringify(annotation.category_id)}.`);
  return {
    place: annotations.place(index),
    category,
    isCrowd: Boolean(annotation.iscrowd),
    remarks: remarksOf(segmentation, annotation.bbox != null),
    // Read again: what is only listed must not hold the shapes of thousands of images.
    mask: async () => {
      const again = await read();
      return atElement(annotations, index, '', () => maskOfSegmentation(again.segmentation, size, maxPixels));
    },
  };
};

/** Microsoft COCO's object detection format (cocodataset.org, "Data format"), as many tools write it: one file or several, in any order, with ids of any kind. */
export const cocoImport: ImportFormat = {
  id: 'coco',
  label: 'COCO',
  summary: 'COCO’s instances: run lengths, compressed or not, and polygons, in one JSON file or several.',
  recognise: (source) => recogniseCoco(source, 'instances'),
  open: async (source, context) =>
    cocoReader(source, await openCocoDocuments(source, 'instances', context), context, (entry, annotations) =>
      wholeOnes(context, annotations, (index) => instanceOf(entry, index, context)),
    ),
};
