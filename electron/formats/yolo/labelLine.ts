import { brokenAt } from '../broken.ts';

/** A line of a label file: `class x1 y1 x2 y2 ...`, places as shares of the image's sides. */
export interface LabelLine {
  /** From 1. */
  readonly line: number;
  readonly classNumber: number;
  /** x, y, x, y, ... from 0 to 1; null: a box (class and four numbers), which has no shape. */
  readonly outline: Float64Array | null;
  /** Predictions end with how sure the model was. */
  readonly hasConfidence: boolean;
}

export const largestClass = 65_535;
/** What rounding in other programs puts beyond the border. */
const beyond = 0.01;

/** As much of the image as rounding to six digits may take; outlines of our own are on sixteenths of a pixel and come back to them exactly. */
const snapPx = 2e-4;
const unitsPerPx = 16;

/** Digits for which rounding moves a place by less than {@link snapPx}. */
const digitsFor = (sidePx: number): number => Math.ceil(Math.log10(sidePx)) + 4;

/** @param imagePx 0 to `sidePx` */
export const shareText = (imagePx: number, sidePx: number): string => (imagePx / sidePx).toFixed(digitsFor(sidePx)).replace(/\.?0+$/, '');

const placeOf = (share: number, sidePx: number): number => {
  const place = share * sidePx;
  const near = Math.round(place * unitsPerPx) / unitsPerPx;
  return Math.abs(near - place) <= snapPx ? near : place;
};

export const imageRing = (outline: Float64Array, widthPx: number, heightPx: number): Float64Array => outline.map((share, at) => placeOf(share, at % 2 === 0 ? widthPx : heightPx));

/** @throws ExpectedError annotations_invalid with line and column */
export const parseLabels = (path: string, text: string): readonly LabelLine[] => {
  const lines: LabelLine[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const tokens = [...raw.matchAll(/\S+/g)];
    if (tokens.length === 0) continue;
    const line = index + 1;
    const fault = (token: number, sentence: string) => brokenAt(path, { line, column: (tokens[token]?.index ?? raw.length) + 1 }, sentence);
    const numbers = tokens.map(([token], at) => {
      const value = Number(token);
      if (!/^[-+.\deE]+$/.test(token) || !Number.isFinite(value)) throw fault(at, `There is “${token.slice(0, 40)}” where a number was expected.`);
      return value;
    });
    const [classNumber = -1, ...rest] = numbers;
    if (!Number.isInteger(classNumber) || classNumber < 0 || classNumber > largestClass) throw fault(0, `A line begins with the number of its class, a whole number from 0 to ${largestClass}.`);
    if (rest.length === 4) {
      lines.push({ line, classNumber, outline: null, hasConfidence: false });
      continue;
    }
    const hasConfidence = rest.length % 2 === 1 && rest.length >= 7;
    const outline = Float64Array.from(hasConfidence ? rest.slice(0, -1) : rest);
    if (outline.length < 6 || outline.length % 2 === 1) throw fault(tokens.length, `After the class there are ${rest.length} numbers; a polygon has three or more pairs, a box four numbers.`);
    const outside = outline.findIndex((share) => share < -beyond || share > 1 + beyond);
    if (outside !== -1) throw fault(outside + 1, `${String(outline[outside])} is beyond the image: places are shares of its width and height, from 0 to 1.`);
    lines.push({ line, classNumber, outline, hasConfidence });
  }
  return lines;
};
