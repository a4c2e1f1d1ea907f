import { glyphs, letterGap, lineHeight, spaceAdvance, unknownGlyph } from './glyphs.ts';

export interface Lettering {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Ink, 0..255 a pixel, row-major. */
  readonly coverage: Uint8Array;
}

type Point = readonly [x: number, y: number];

/** Catmull-Rom through the points, eight pieces a span; a stroke that ends where it begins is closed smoothly. */
const smooth = (points: readonly Point[]): readonly Point[] => {
  const first = points[0] as Point;
  const last = points.at(-1) as Point;
  const closed = points.length > 2 && first[0] === last[0] && first[1] === last[1];
  const at = (index: number): Point => {
    if (closed) return points[(index + points.length - 1) % (points.length - 1)] as Point;
    return points[Math.min(points.length - 1, Math.max(0, index))] as Point;
  };
  const curve: Point[] = [first];
  for (let index = 0; index < points.length - 1; index++) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    for (let piece = 1; piece <= 8; piece++) {
      const t = piece / 8;
      const along = (axis: 0 | 1): number =>
        0.5 *
        (2 * from[axis] +
          (to[axis] - before[axis]) * t +
          (2 * before[axis] - 5 * from[axis] + 4 * to[axis] - after[axis]) * t * t +
          (3 * from[axis] - before[axis] - 3 * to[axis] + after[axis]) * t * t * t);
      curve.push([along(0), along(1)]);
    }
  }
  return curve;
};

const strokesOf = (glyph: string): readonly (readonly Point[])[] =>
  glyph.split('|').map((stroke) => {
    const points = stroke.replace('~', '').split(' ').map((pair): Point => [parseInt(pair[0] as string, 36), parseInt(pair[1] as string, 36)]);
    return stroke.startsWith('~') ? smooth(points) : points;
  });

/** Darkens what lies within half the stroke's width of a segment, with a soft edge of one pixel. */
const inkSegment = (ink: { widthPx: number; heightPx: number; coverage: Uint8Array }, from: Point, to: Point, radiusPx: number): void => {
  const reach = radiusPx + 1;
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach));
  const right = Math.min(ink.widthPx - 1, Math.ceil(Math.max(from[0], to[0]) + reach));
  const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach));
  const bottom = Math.min(ink.heightPx - 1, Math.ceil(Math.max(from[1], to[1]) + reach));
  const [alongX, alongY] = [to[0] - from[0], to[1] - from[1]];
  const lengthSquared = alongX * alongX + alongY * alongY;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]];
      const t = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * alongX + py * alongY) / lengthSquared));
      const distance = Math.hypot(px - t * alongX, py - t * alongY);
      const value = Math.round(255 * Math.min(1, Math.max(0, radiusPx + 0.5 - distance)));
      const index = y * ink.widthPx + x;
      if (value > (ink.coverage[index] as number)) ink.coverage[index] = value;
    }
  }
};

/**
 * One line of text as ink.
 * @param capHeightPx height of a capital letter
 * @param strokePx thickness of the pen; there is a margin of as much around
 */
export const letter = (text: string, capHeightPx: number, strokePx: number): Lettering => {
  const unitPx = capHeightPx / 12;
  const marginPx = Math.ceil(strokePx) + 1;
  const placed: { strokes: readonly (readonly Point[])[]; x: number }[] = [];
  let x = 0;
  for (const character of text) {
    if (character === ' ') {
      x += spaceAdvance;
      continue;
    }
    const strokes = strokesOf(glyphs[character] ?? unknownGlyph);
    placed.push({ strokes, x });
    x += Math.max(...strokes.flat().map((point) => point[0])) + letterGap;
  }
  const widthPx = Math.max(1, Math.ceil(Math.max(0, x - letterGap) * unitPx)) + 2 * marginPx;
  const heightPx = Math.ceil(lineHeight * unitPx) + 2 * marginPx;
  const ink = { widthPx, heightPx, coverage: new Uint8Array(widthPx * heightPx) };
  for (const glyph of placed) {
    const toPx = (point: Point): Point => [marginPx + (glyph.x + point[0]) * unitPx, marginPx + point[1] * unitPx];
    for (const stroke of glyph.strokes) {
      for (let index = 1; index < stroke.length; index++) inkSegment(ink, toPx(stroke[index - 1] as Point), toPx(stroke[index] as Point), strokePx / 2);
    }
  }
  return ink;
};
