import type { FormatOption } from '../../../shared/domain/formatOptions.ts';
import type { SplitName } from '../../../shared/domain/maskSet.ts';
import type { Ring } from '../../../shared/mask/ring.ts';
import type { Category, ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { onOneLine } from '../labels/onOneLine.ts';
import { yamlText } from '../labels/yamlText.ts';
import { bridgeIslands } from '../polygons/bridgeIslands.ts';
import { holesOption, toleranceOption } from '../polygons/options.ts';
import { polygonsOfMask, type HoleChoice } from '../polygons/polygonsOfMask.ts';
import { shareText } from './labelLine.ts';

const islandsOption: FormatOption = {
  name: 'islands',
  label: 'Pieces of one mask',
  note: 'A line of a label file is one object with one outline. Pieces are joined by lines without width, as Ultralytics does with those of COCO, or are objects of their own.',
  kind: 'choice',
  choices: [
    { value: 'bridge', label: 'Joined to one object' },
    { value: 'lines', label: 'An object each' },
  ],
  initial: 'bridge',
};

const lineOf = (classNumber: number, ring: Ring, widthPx: number, heightPx: number): string => {
  const parts = [String(classNumber)];
  for (let at = 0; at < ring.length; at += 2) parts.push(shareText(ring[at] as number, widthPx), shareText(ring[at + 1] as number, heightPx));
  return `${parts.join(' ')}\n`;
};

/** Where images of a set without splits are. */
const folderOf = (split: SplitName | null): string => split ?? 'train';

/**
 * No `path`: it is then the folder of this file, wherever that is moved to. Training wants images to validate with; where none were set aside they are those of the
 * test, or of the training itself.
 */
const dataYaml = (splits: readonly SplitName[], categories: readonly Category[], setName: string): string => {
  const made = splits.length === 0 ? (['train'] as const) : splits;
  const from = (...wanted: readonly SplitName[]): string => `images/${wanted.find((split) => made.includes(split)) ?? made[0]}`;
  const names = categories.map(({ number, name }) => `  ${number - 1}: ${yamlText(name)}`);
  return [`# ${onOneLine(setName)}`, `train: ${from('train')}`, `val: ${from('val', 'test')}`, ...(made.includes('test') ? ['test: images/test'] : []), 'names:', ...names, ''].join('\n');
};

/** The layout and the lines that https://docs.ultralytics.com/datasets/segment/ documents. */
export const yoloExport: ExportFormat = {
  id: 'yolo',
  label: 'YOLO segmentation',
  summary: 'Photos, a text file of outlines for each, and a data.yaml, as Ultralytics trains with.',
  limits: [
    'Holes: outlines have none, so they are cut open by a slit without width, or filled.',
    'Pieces: they are joined by lines without width, or each is an object of its own.',
    'Programs that draw the outline itself as pixels make slits and joints one pixel wide.',
  ],
  photos: 'always',
  hasCategories: true,
  options: [toleranceOption, holesOption, islandsOption],
  readBack: 'yolo',
  open: ({ categories, splits, options, snapshot }) => ({
    encode: async (item) => {
      const { mask, category, split, stem, photoName } = item;
      const { polygons, losses } = polygonsOfMask(mask, { tolerancePx: options['tolerance'] as number, holes: options['holes'] as HoleChoice });
      const rings = polygons.map(({ outer }) => outer);
      const written = options['islands'] === 'bridge' && rings.length > 1 ? [bridgeIslands(rings)] : rings;
      const lines = written.map((ring) => lineOf(category.number - 1, ring, mask.widthPx, mask.heightPx)).join('');
      return {
        files: [
          { path: `images/${folderOf(split)}/${photoName}`, bytes: await item.photo() },
          { path: `labels/${folderOf(split)}/${stem}.txt`, bytes: new TextEncoder().encode(lines) },
        ],
        fragments: [],
        losses,
      };
    },
    advice: splits.includes('val') || (splits.includes('test') && splits.includes('train')) ? [] : ['No photos are set aside for validation: data.yaml names those of training there, so what training reports is of photos that it has seen. Split the set to have it measured.'],
    documents: () => [{ path: 'data.yaml', parts: [dataYaml(splits, categories, `${snapshot.setName} ${snapshot.number}`)] }],
  }),
};
