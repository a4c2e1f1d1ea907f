import { simplifyLine } from '../mask/simplifyLine.ts';
import type { Rect } from '../mask/rect.ts';
import { edgeMap, type EdgeMap } from './edgeMap.ts';
import { snapToEdge, traceWire, wireMap } from './liveWire.ts';
import type { RgbaImage } from './rgbaImage.ts';

/** A wire is followed in stretches about this long: a long one in one piece would need a window of the whole picture. */
const stretchPx = 200;
/** A fine wire keeps to its pixels by this much when it becomes points; px. */
const tolerancePx = 0.75;

/** The line with a point in every pixel or so. */
const everyPixel = (line: Float64Array): readonly (readonly [number, number])[] => {
  const points: (readonly [number, number])[] = [[line[0] as number, line[1] as number]];
  for (let at = 2; at < line.length; at += 2) {
    const [fromX, fromY, x, y] = [line[at - 2] as number, line[at - 1] as number, line[at] as number, line[at + 1] as number];
    const steps = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY)));
    for (let step = 1; step <= steps; step++) points.push([fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps]);
  }
  return points;
};

const boundsOf = (points: readonly (readonly [number, number])[], marginPx: number): Rect => {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const xPx = Math.floor(Math.min(...xs)) - marginPx;
  const yPx = Math.floor(Math.min(...ys)) - marginPx;
  return { xPx, yPx, widthPx: Math.ceil(Math.max(...xs)) + marginPx - xPx, heightPx: Math.ceil(Math.max(...ys)) + marginPx - yPx };
};

/** The cells near a line: where the fine wire may run. */
const bandOf = (edges: EdgeMap, points: readonly (readonly [number, number])[], radiusPx: number): Uint8Array => {
  const isOpen = new Uint8Array(edges.columns * edges.rows);
  for (const [x, y] of points) {
    const left = Math.max(0, Math.floor(x - edges.xPx) - radiusPx);
    const right = Math.min(edges.columns, Math.floor(x - edges.xPx) + radiusPx + 1);
    const bottom = Math.min(edges.rows, Math.floor(y - edges.yPx) + radiusPx + 1);
    for (let row = Math.max(0, Math.floor(y - edges.yPx) - radiusPx); row < bottom; row++) isOpen.fill(1, row * edges.columns + left, row * edges.columns + Math.max(left, right));
  }
  return isOpen;
};

/**
 * A wire that was found on cells of several pixels, found again on pixels, in a band about it: zoomed in, it lies on the edge that was meant.
 * @param line x, y, x, y, ... imagePx, open @param stepPx of the cells that it was found on
 */
export const refineWire = (image: RgbaImage, line: Float64Array, stepPx: number, contrast: number): Float64Array => {
  const coarse = everyPixel(line).filter(([x, y]) => x >= 0 && y >= 0 && x < image.widthPx && y < image.heightPx);
  if (coarse.length < 2) return line;
  const radiusPx = Math.ceil(1.25 * stepPx) + 1;
  const fine: number[] = [];
  let start: readonly [number, number] | null = null;
  for (let from = 0; from < coarse.length - 1; from += stretchPx) {
    const stretch = coarse.slice(from, from + stretchPx + 1);
    const edges = edgeMap(image, boundsOf(stretch, radiusPx + 3), 1, contrast);
    const [first, last] = [stretch[0] as readonly [number, number], stretch.at(-1) as readonly [number, number]];
    start ??= snapToEdge(edges, ...first, stepPx);
    const map = wireMap(edges, ...start, bandOf(edges, stretch, radiusPx));
    const end = snapToEdge(edges, ...last, stepPx);
    const wire = simplifyLine(traceWire(map, ...end), tolerancePx);
    fine.push(...(fine.length === 0 ? wire : wire.subarray(2)));
    start = end;
  }
  return Float64Array.from(fine);
};
