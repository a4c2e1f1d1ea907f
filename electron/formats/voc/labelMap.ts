import { brokenAt } from '../broken.ts';
import { colourKey, vocColours } from '../labels/vocColours.ts';

/** The classes of PASCAL VOC 2012, from index 1 (VOC development kit, section 3.1). */
export const vocClasses: readonly string[] = [
  'aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair', 'cow',
  'diningtable', 'dog', 'horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa', 'train', 'tvmonitor',
];

export const voidIndex = 255;
export const backgroundName = 'background';

export interface LabelMap {
  /** By index. */
  readonly names: readonly string[];
  /** Index by colour. */
  readonly byColour: ReadonlyMap<number, number>;
}

/** As CVAT and Datumaro write it (their docs, "Pascal VOC": labelmap.txt): a line a label, the first one the background. */
export const labelMapText = (names: ReadonlyMap<number, string>): string =>
  ['# label:color_rgb:parts:actions', ...[[0, backgroundName] as const, ...names].map(([number, name]) => `${name}:${(vocColours[number] as readonly number[]).join(',')}::`), ''].join('\n');

const line = /^(.+?):(?:(\d+),(\d+),(\d+))?(?::([^:]*):([^:]*))?$/;

/** @throws ExpectedError annotations_invalid */
export const parseLabelMap = (path: string, bytes: Uint8Array): LabelMap => {
  const names: string[] = [];
  const byColour = new Map<number, number>();
  for (const [index, raw] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    const text = raw.trim();
    if (text === '' || text.startsWith('# label:')) continue;
    const found = line.exec(text);
    if (found === null) throw brokenAt(path, { line: index + 1, column: 1 }, 'A line is "name:red,green,blue:parts:actions".');
    const [, name, ...parts] = found as unknown as [string, string, ...(string | undefined)[]];
    const colour = parts.slice(0, 3).map(Number) as [number, number, number];
    if (parts[0] !== undefined && colour.some((channel) => channel > 255)) throw brokenAt(path, { line: index + 1, column: name.length + 2 }, 'A colour is three numbers from 0 to 255.');
    if (names.length === 255) throw brokenAt(path, { line: index + 1, column: 1 }, 'There are at most 255 labels, the background among them.');
    // Without a colour CVAT takes the one of the label's place.
    byColour.set(colourKey(...(parts[0] === undefined ? (vocColours[names.length] as typeof colour) : colour)), names.length);
    names.push(name);
  }
  return { names, byColour };
};

/** What holds where no file says anything: the twenty classes and the colours of VOC; further ones are called by their number. */
export const standardLabelMap: LabelMap = {
  names: [backgroundName, ...vocClasses, ...Array.from({ length: 234 }, (_, index) => `class ${index + 21}`)],
  byColour: new Map(vocColours.slice(0, 255).map((colour, index) => [colourKey(...colour), index])),
};
