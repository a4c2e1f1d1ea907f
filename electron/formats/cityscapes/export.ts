import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { endingOf } from '../labels/fileNames.ts';
import { vocPalette } from '../labels/vocColours.ts';
import { plainNames, renamedLoss } from '../labels/plainNames.ts';
import { background, labelFileName, labelFileText } from './labelNames.ts';

/** Of an instance's number: class * 1000 + instance, in 16 bits (cityscapesScripts, preparation/json2instanceImg.py). */
const instancesPerClass = 1000;
const mostCategories = 65;
/** Where the dataset has the city that the photo was taken in. */
const city = 'maskdesk';

export const cityscapesExport: ExportFormat = {
  id: 'cityscapes',
  label: 'Cityscapes',
  summary: 'labelIds, instanceIds (16-bit) and color PNGs in the folders of Cityscapes, with the names in label_colors.txt.',
  limits: [`More than ${mostCategories} categories.`, 'In names of categories: colons, # and line breaks.'],
  photos: 'optional',
  hasCategories: true,
  options: [],
  readBack: 'cityscapes',
  open: ({ categories, withPhotos, codec }) => {
    if (categories.length > mostCategories) throw new ExpectedError('invalid_input', `Cityscapes holds at most ${mostCategories} categories and these are ${categories.length}: export them as one category, or in another format.`);
    const names = plainNames(categories, [background]);
    return {
      categoryNames: names,
      encode: async (item) => {
        const { stem, photoName, category } = item;
        const { widthPx, heightPx, data } = item.mask;
        const folder = `${item.split ?? 'train'}/${city}/${stem}`;
        const labels = data.map((value) => (value === 0 ? 0 : category.number));
        const instances = Uint16Array.from(data, (value) => (value === 0 ? 0 : category.number * instancesPerClass));
        return {
          files: [
            { path: `gtFine/${folder}_gtFine_labelIds.png`, bytes: await codec.encodeNumbers(widthPx, heightPx, labels) },
            { path: `gtFine/${folder}_gtFine_instanceIds.png`, bytes: await codec.encodeNumbers(widthPx, heightPx, instances) },
            { path: `gtFine/${folder}_gtFine_color.png`, bytes: await codec.encodeIndexed(widthPx, heightPx, labels, vocPalette) },
            ...(withPhotos ? [{ path: `leftImg8bit/${folder}_leftImg8bit${endingOf(photoName)}`, bytes: await item.photo() }] : []),
          ],
          fragments: [],
          losses: renamedLoss(category, names),
        };
      },
      documents: () => [{ path: labelFileName, parts: [labelFileText(names)] }],
    };
  },
};
