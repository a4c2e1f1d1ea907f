import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { columnRleOfCocoString } from '../../../shared/mask/cocoString.ts';
import { polygonColumns } from '../../../shared/mask/polygonColumns.ts';
import { columnRleOf, decodeColumnRle, type ColumnRle } from '../../../shared/mask/rleColumns.ts';
import { uniteRles } from '../../../shared/mask/rleMerge.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import type { JsonElements } from '../json/elements.ts';

type ImageSize = NonNullable<AnnotatedImage['size']>;

/** What a segmentation is, before it is decoded. Faults are RangeErrors with a sentence. */
export type Segmentation =
  | { readonly kind: 'none' }
  | { readonly kind: 'polygons'; readonly rings: readonly (readonly number[])[]; readonly tooFew: number }
  | { readonly kind: 'runs'; readonly size: readonly [heightPx: number, widthPx: number]; readonly counts: string | readonly number[] };

const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every((one) => typeof one === 'number');

const ringsOf = (value: readonly unknown[]): Segmentation => {
  // One polygon without the list around it: some tools write it so.
  const lists: readonly unknown[] = value.length > 0 && isNumbers(value) ? [value] : value;
  const rings: (readonly number[])[] = [];
  for (const [index, list] of lists.entries()) {
    if (!isNumbers(list)) throw new RangeError(`Polygon ${index} is no list of numbers`);
    if (list.length % 2 === 1) throw new RangeError(`Polygon ${index} has ${list.length} numbers, and a corner has two`);
    if (list.length >= 6) rings.push(list);
  }
  return lists.length === 0 ? { kind: 'none' } : { kind: 'polygons', rings, tooFew: lists.length - rings.length };
};

/** @param value as JSON gave it. @throws RangeError */
export const segmentationOf = (value: unknown): Segmentation => {
  if (value === undefined || value === null) return { kind: 'none' };
  if (Array.isArray(value)) return ringsOf(value);
  const { size, counts } = value as { size?: unknown; counts?: unknown };
  if (typeof value !== 'object') throw new RangeError('The segmentation is neither polygons nor runs');
  if (!isNumbers(size) || size.length !== 2) throw new RangeError('The size of the segmentation is not [height, width]');
  if (typeof counts !== 'string' && !isNumbers(counts)) throw new RangeError('The counts of the segmentation are neither a text nor a list of numbers');
  return { kind: 'runs', size: [size[0] as number, size[1] as number], counts };
};

const runsOf = (segmentation: Segmentation, imageSize: ImageSize | null, maxPixels: number): ColumnRle | null => {
  if (segmentation.kind === 'runs') {
    const { size, counts } = segmentation;
    if (imageSize !== null && (size[0] !== imageSize.heightPx || size[1] !== imageSize.widthPx)) {
      throw new RangeError(`The segmentation is ${size[1]} x ${size[0]}, and its image ${imageSize.widthPx} x ${imageSize.heightPx}`);
    }
    if (!(size[0] >= 1 && size[1] >= 1)) throw new RangeError(`A mask cannot have the size ${size[1]} x ${size[0]}`);
    return typeof counts === 'string' ? columnRleOfCocoString(size, counts, maxPixels) : columnRleOf(size, counts, maxPixels);
  }
  if (imageSize === null) throw new RangeError('The size of the image is not known, so the shape cannot be drawn; give width and height');
  if (segmentation.kind === 'none' || segmentation.rings.length === 0) return null;
  return uniteRles(segmentation.rings.map((ring) => polygonColumns(ring, imageSize.widthPx, imageSize.heightPx)));
};

/** @throws RangeError with a sentence, without a full stop */
export const maskOfSegmentation = (segmentation: Segmentation, imageSize: ImageSize | null, maxPixels: number): Bitmap => {
  const runs = runsOf(segmentation, imageSize, maxPixels);
  return runs === null ? emptyBitmap(imageSize?.widthPx ?? 0, imageSize?.heightPx ?? 0) : decodeColumnRle(runs, maxPixels);
};

export const remarksOf = (segmentation: Segmentation, hasBox: boolean): readonly string[] => {
  if (segmentation.kind === 'none') return [hasBox ? 'It is a box without a shape: its mask is empty.' : 'It has no shape: its mask is empty.'];
  if (segmentation.kind === 'polygons' && segmentation.tooFew > 0) return [`${segmentation.tooFew} of its polygons have fewer than three corners and enclose nothing.`];
  return [];
};

/** What is wrong with a shape is said with its place. @throws ExpectedError annotations_invalid */
export const atElement = async <T>(elements: JsonElements, index: number, what: string, run: () => T): Promise<T> => {
  try {
    return run();
  } catch (error) {
    throw error instanceof RangeError ? await elements.broken(index, `${what}${error.message}.`) : error;
  }
};
