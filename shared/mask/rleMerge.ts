import type { ColumnRle } from './rleColumns.ts';

/** Calls for each stretch on which neither mask changes. @throws RangeError for masks of different sizes */
const walkBoth = (a: ColumnRle, b: ColumnRle, take: (length: number, inA: boolean, inB: boolean) => void): void => {
  if (a.size[0] !== b.size[0] || a.size[1] !== b.size[1]) throw new RangeError(`Masks of ${a.size.join(' x ')} and ${b.size.join(' x ')} (height x width) cannot be compared`);
  let [indexA, indexB] = [0, 0];
  let [restA, restB] = [a.counts[0] ?? 0, b.counts[0] ?? 0];
  while (indexA < a.counts.length && indexB < b.counts.length) {
    const length = Math.min(restA, restB);
    if (length > 0) take(length, indexA % 2 === 1, indexB % 2 === 1);
    restA -= length;
    restB -= length;
    if (restA === 0) restA = a.counts[++indexA] ?? 0;
    if (restB === 0) restB = b.counts[++indexB] ?? 0;
  }
};

const mergeTwo = (a: ColumnRle, b: ColumnRle, isInside: (inA: boolean, inB: boolean) => boolean): ColumnRle => {
  // A change of the result is one of either mask.
  const counts = new Uint32Array(a.counts.length + b.counts.length);
  let last = 0;
  walkBoth(a, b, (length, inA, inB) => {
    if (isInside(inA, inB) !== (last % 2 === 1)) last++;
    counts[last] = (counts[last] as number) + length;
  });
  return { size: a.size, counts: counts.slice(0, last + 1) };
};

/** Neighbours in pairs, then those: one after another thousands of pieces would each be laid over all before (10,000: 2 s; in pairs 20 ms). */
const merge = (masks: readonly ColumnRle[], isInside: (inA: boolean, inB: boolean) => boolean): ColumnRle => {
  let merged = masks;
  while (merged.length > 1) {
    merged = Array.from({ length: Math.ceil(merged.length / 2) }, (_, pair) => {
      const [one, other] = [merged[2 * pair] as ColumnRle, merged[2 * pair + 1]];
      return other === undefined ? one : mergeTwo(one, other, isInside);
    });
  }
  if (merged[0] === undefined) throw new RangeError('There is no mask to merge');
  return merged[0];
};

/** What is in any of them, without decoding. @throws RangeError without masks, or for different sizes */
export const uniteRles = (masks: readonly ColumnRle[]): ColumnRle => merge(masks, (inA, inB) => inA || inB);

/** What is in all of them. @throws as {@link uniteRles} */
export const intersectRles = (masks: readonly ColumnRle[]): ColumnRle => merge(masks, (inA, inB) => inA && inB);

/**
 * Intersection over union; 0 where nothing is common, also of two empty masks (cocoapi's rleIou).
 * @param isCrowd the truth is a region of many objects: over the area of what was found, so that being a part of it is enough
 * @throws RangeError for masks of different sizes
 */
export const rleIou = (found: ColumnRle, truth: ColumnRle, isCrowd = false): number => {
  let common = 0;
  let either = 0;
  let inFound = 0;
  walkBoth(found, truth, (length, inA, inB) => {
    if (inA && inB) common += length;
    if (inA || inB) either += length;
    if (inA) inFound += length;
  });
  return common === 0 ? 0 : common / (isCrowd ? inFound : either);
};
