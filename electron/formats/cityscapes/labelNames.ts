import { brokenAt } from '../broken.ts';
import { vocColours } from '../labels/vocColours.ts';

/** By id, from 0 (cityscapesScripts, helpers/labels.py; the overview of the dataset's classes). */
export const cityscapesNames: readonly string[] = [
  'unlabeled', 'ego vehicle', 'rectification border', 'out of roi', 'static', 'dynamic', 'ground', 'road', 'sidewalk', 'parking', 'rail track',
  'building', 'wall', 'fence', 'guard rail', 'bridge', 'tunnel', 'pole', 'polegroup', 'traffic light', 'traffic sign', 'vegetation', 'terrain', 'sky',
  'person', 'rider', 'car', 'truck', 'bus', 'caravan', 'trailer', 'train', 'motorcycle', 'bicycle',
];

/** Classes whose instances are told apart there: a region of them without an instance's number is a group. */
export const isThing = (id: number): boolean => id >= 24 && id <= 33;

export const labelFileName = 'label_colors.txt';
export const background = 'background';

/** The names of a set with labels of its own, as CVAT and Datumaro write them (their docs, "Cityscapes"): red, green, blue, name; a label's id is its line, from 0. */
export const labelFileText = (names: ReadonlyMap<number, string>): string =>
  [[0, background] as const, ...names].map(([number, name]) => `${(vocColours[number] as readonly number[]).join(' ')} ${name}\n`).join('');

const mostLabels = 65_536;

/** Names by id; null: not an object. @throws ExpectedError annotations_invalid */
export const parseLabelFile = (path: string, bytes: Uint8Array): readonly (string | null)[] => {
  const names: (string | null)[] = [];
  for (const [index, raw] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const found = /^(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?$/.exec(text);
    if (found === null) throw brokenAt(path, { line: index + 1, column: 1 }, 'A line is "red green blue name".');
    if (names.length === mostLabels) throw brokenAt(path, { line: index + 1, column: 1 }, `There are at most ${mostLabels} labels.`);
    const name = found[4] ?? '';
    names.push(names.length === 0 && name === background ? null : name);
  }
  return names;
};
