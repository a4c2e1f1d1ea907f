import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { SplitName } from '../../../shared/domain/maskSet.ts';
import type { DocumentPlan, ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { vocPalette } from '../labels/vocColours.ts';
import { plainNames, renamedLoss } from '../labels/plainNames.ts';
import { backgroundName, labelMapText } from './labelMap.ts';

const mostCategories = 254;
const listsFolder = 'ImageSets/Segmentation';

/** Lists of the development kit that an image of this split is in; a set without splits is all for training. */
const listsOf = (split: SplitName | null): readonly string[] => (split === 'test' ? ['test'] : split === 'val' ? ['val', 'trainval'] : ['train', 'trainval']);

/** PASCAL VOC 2012 (development kit, section 3.3): class and object of each pixel as indices with VOC's colours. */
export const vocExport: ExportFormat = {
  id: 'voc',
  label: 'PASCAL VOC',
  summary: 'Index PNGs of classes and objects in the folders of PASCAL VOC 2012, with its colours and a labelmap.txt.',
  limits: [`More than ${mostCategories} categories.`, 'In names of categories: colons, # and line breaks.'],
  photos: 'optional',
  hasCategories: true,
  options: [],
  readBack: 'voc',
  open: ({ categories, splits, withPhotos, codec }) => {
    if (categories.length > mostCategories) throw new ExpectedError('invalid_input', `PASCAL VOC holds at most ${mostCategories} categories and these are ${categories.length}: export them as one category, or in another format.`);
    const names = plainNames(categories, [backgroundName]);
    return {
      categoryNames: names,
      encode: async (item) => {
        const { stem, photoName, split, category } = item;
        const { widthPx, heightPx, data } = item.mask;
        const indices = (index: number): Promise<Uint8Array> => codec.encodeIndexed(widthPx, heightPx, data.map((value) => (value === 0 ? 0 : index)), vocPalette);
        return {
          files: [
            { path: `SegmentationClass/${stem}.png`, bytes: await indices(category.number) },
            { path: `SegmentationObject/${stem}.png`, bytes: await indices(1) },
            ...(withPhotos ? [{ path: `JPEGImages/${photoName}`, bytes: await item.photo() }] : []),
          ],
          fragments: listsOf(split).map((list) => ({ spool: list, text: `${stem}\n` })),
          losses: renamedLoss(category, names),
        };
      },
      documents: () => [
        ...[...new Set((splits.length === 0 ? [null] : splits).flatMap(listsOf))].map((list): DocumentPlan => ({ path: `${listsFolder}/${list}.txt`, parts: [{ spool: list, separator: '' }] })),
        { path: 'labelmap.txt', parts: [labelMapText(names)] },
      ],
    };
  },
};
