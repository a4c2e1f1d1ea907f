import type { MaskPixels } from './maskFile.ts';

/** A straight stroke of a hard round brush, in image pixels: pixel (i, j) has its centre at i + 0.5, j + 0.5. */
export interface Stroke {
  readonly fromImagePx: readonly [number, number];
  readonly toImagePx: readonly [number, number];
  readonly radiusPx: number;
  /** What it leaves: 255 for a brush, 0 for an eraser. */
  readonly value: 0 | 255;
}

const distanceToSegment = (x: number, y: number, { fromImagePx: [x1, y1], toImagePx: [x2, y2] }: Stroke): number => {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
};

export interface Comparison {
  /** Pixels that the strokes decide and that differ from what they leave. */
  readonly wrong: number;
  /** Pixels that the strokes really changed. */
  readonly changed: number;
}

/**
 * Compares a mask with what strokes make of an earlier one, pixel by pixel, everywhere.
 * @param edgePx pixels whose centres are nearer than this to a stroke's edge are left out: there the last bit of a sum decides
 */
export const compareWithStrokes = (before: MaskPixels, strokes: readonly Stroke[], after: MaskPixels, edgePx: number): Comparison => {
  let wrong = 0;
  let changed = 0;
  for (let y = 0; y < before.heightPx; y++) {
    for (let x = 0; x < before.widthPx; x++) {
      const index = y * before.widthPx + x;
      const old = before.bytes[index];
      let expected = old;
      let isOnEdge = false;
      for (const stroke of strokes) {
        const inside = stroke.radiusPx - distanceToSegment(x + 0.5, y + 0.5, stroke);
        if (Math.abs(inside) < edgePx) isOnEdge = true;
        if (inside >= 0) expected = stroke.value;
      }
      if (after.bytes[index] !== old) changed++;
      if (!isOnEdge && after.bytes[index] !== expected) wrong++;
    }
  }
  return { wrong, changed };
};
