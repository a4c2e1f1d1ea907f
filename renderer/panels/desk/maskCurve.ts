import type { Asset } from '../../../shared/domain/asset.ts';

export interface CurvePoint {
  /** In the row of siblings. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** Of the picture, 0..1. */
  readonly share: number;
}

interface CurveBox {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly marginPx: number;
}

/** A line that hardly changes is drawn as one: less than this (of the picture) does not fill the height. */
const leastRange = 0.1;

/** The covered share of each keyframe that has a mask, by its time in the video, fitted into a box. */
export const maskCurve = (siblings: readonly Asset[], { widthPx, heightPx, marginPx }: CurveBox): readonly CurvePoint[] => {
  const known = siblings.flatMap(({ headAreaShare, timestampS }, index) => (headAreaShare === null ? [] : [{ index, share: headAreaShare, at: timestampS ?? index }]));
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const shares = known.map(({ share }) => share);
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  const range = Math.max(leastRange, high - low);
  const bottom = (low + high) / 2 - range / 2;
  const length = Math.max(1e-6, last.at - first.at);
  return known.map(({ index, share, at }) => ({
    index,
    share,
    x: marginPx + ((at - first.at) / length) * (widthPx - 2 * marginPx),
    y: heightPx - marginPx - ((share - bottom) / range) * (heightPx - 2 * marginPx),
  }));
};

export const nearestPoint = (points: readonly CurvePoint[], x: number): CurvePoint | null =>
  points.reduce<CurvePoint | null>((best, point) => (best === null || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best), null);
