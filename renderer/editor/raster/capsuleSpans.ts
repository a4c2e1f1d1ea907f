import { resetSpans, type Spans } from './spans.ts';

/** A place of the brush: centre and radius in imagePx. */
export interface Dab {
  readonly xImagePx: number;
  readonly yImagePx: number;
  readonly radiusPx: number;
}

/** Below this radius a disc may hold no pixel centre at all, so the pixels under the path are taken too. */
const thinRadiusPx = 0.75;

/** Widens row `y` by the pixels whose centres are in [left, right]. */
const include = (spans: Spans, y: number, left: number, right: number): void => {
  const row = y - spans.top;
  const start = Math.ceil(left - 0.5);
  const end = Math.floor(right - 0.5) + 1;
  if (start >= end) return;
  if (start < (spans.starts[row] as number)) spans.starts[row] = start;
  if (end > (spans.ends[row] as number)) spans.ends[row] = end;
};

const includeDisc = (spans: Spans, { xImagePx, yImagePx, radiusPx }: Dab): void => {
  const first = Math.max(spans.top, Math.ceil(yImagePx - radiusPx - 0.5));
  const last = Math.min(spans.bottom - 1, Math.floor(yImagePx + radiusPx - 0.5));
  for (let y = first; y <= last; y++) {
    const dy = y + 0.5 - yImagePx;
    const half = Math.sqrt(Math.max(0, radiusPx * radiusPx - dy * dy));
    include(spans, y, xImagePx - half, xImagePx + half);
  }
};

/** The four corners where the outer tangents touch both discs, in order round the shape; null when one disc holds the other. */
const tangentCorners = (from: Dab, to: Dab): readonly (readonly [number, number])[] | null => {
  const dx = to.xImagePx - from.xImagePx;
  const dy = to.yImagePx - from.yImagePx;
  const distance = Math.hypot(dx, dy);
  const taper = from.radiusPx - to.radiusPx;
  if (distance <= Math.abs(taper)) return null;
  // The tangents' normals n satisfy n . (to - from) = from.radius - to.radius: cosine along the axis, sine across it.
  const cosine = taper / distance;
  const sine = Math.sqrt(1 - cosine * cosine);
  const ux = dx / distance;
  const uy = dy / distance;
  const corner = (dab: Dab, side: 1 | -1): readonly [number, number] => [
    dab.xImagePx + dab.radiusPx * (ux * cosine - side * uy * sine),
    dab.yImagePx + dab.radiusPx * (uy * cosine + side * ux * sine),
  ];
  return [corner(from, 1), corner(to, 1), corner(to, -1), corner(from, -1)];
};

const includePolygon = (spans: Spans, corners: readonly (readonly [number, number])[]): void => {
  for (let y = spans.top; y < spans.bottom; y++) {
    const centre = y + 0.5;
    let left = Infinity;
    let right = -Infinity;
    for (let side = 0; side < corners.length; side++) {
      const [x1, y1] = corners[side] as readonly [number, number];
      const [x2, y2] = corners[(side + 1) % corners.length] as readonly [number, number];
      if ((y1 < centre && y2 < centre) || (y1 > centre && y2 > centre) || y1 === y2) continue;
      const x = x1 + ((centre - y1) / (y2 - y1)) * (x2 - x1);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    if (left <= right) include(spans, y, left, right);
  }
};

/** The pixels that hold the points of the path, in steps of at most one pixel: no gap, not even across corners. */
const includePath = (spans: Spans, from: Dab, to: Dab): void => {
  const steps = Math.ceil(Math.max(Math.abs(to.xImagePx - from.xImagePx), Math.abs(to.yImagePx - from.yImagePx)));
  for (let step = 0; step <= steps; step++) {
    const share = steps === 0 ? 0 : step / steps;
    const x = Math.floor(from.xImagePx + (to.xImagePx - from.xImagePx) * share);
    const y = Math.floor(from.yImagePx + (to.yImagePx - from.yImagePx) * share);
    if (y >= spans.top && y < spans.bottom) include(spans, y, x + 0.5, x + 0.5);
  }
};

/**
 * All pixels whose centre is in what a round brush sweeps from one place to the next (the convex hull of two discs), clipped to the
 * image. A brush of at most one pixel, and any brush between pixel centres, takes the pixel under it: a click always paints.
 */
export const capsuleSpans = (spans: Spans, from: Dab, to: Dab, widthPx: number, heightPx: number): void => {
  const reach = (dab: Dab): number => Math.max(dab.radiusPx, 1);
  const top = Math.floor(Math.min(from.yImagePx - reach(from), to.yImagePx - reach(to)));
  const bottom = Math.ceil(Math.max(from.yImagePx + reach(from), to.yImagePx + reach(to)));
  resetSpans(spans, Math.max(0, top), Math.min(heightPx, bottom));
  if (from.radiusPx > 0.5 || to.radiusPx > 0.5) {
    includeDisc(spans, from);
    const corners = tangentCorners(from, to);
    if (corners !== null) includePolygon(spans, corners);
    includeDisc(spans, to);
  }
  if (from.radiusPx < thinRadiusPx || to.radiusPx < thinRadiusPx) includePath(spans, from, to);
  for (let row = 0; row < spans.bottom - spans.top; row++) {
    spans.starts[row] = Math.max(0, spans.starts[row] as number);
    spans.ends[row] = Math.min(widthPx, spans.ends[row] as number);
  }
};
