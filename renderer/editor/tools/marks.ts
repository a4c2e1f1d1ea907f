/** A place in imagePx; the middle of pixel 3 is 3.5. */
export interface MarkPoint {
  readonly xImagePx: number;
  readonly yImagePx: number;
}

/**
 * What a tool shows over the picture: sizes are the screen's, places the image's.
 * path: a line through points · handle: something to drag · box: a rectangle · area: a region with its border.
 */
export type ToolMark =
  | {
      readonly kind: 'path';
      readonly points: readonly MarkPoint[];
      readonly isClosed: boolean;
      /** firm: what is placed · wanted: what a click would place, dashed */
      readonly line: 'firm' | 'wanted';
    }
  | {
      readonly kind: 'handle';
      readonly at: MarkPoint;
      /** vertex: of an outline · middle: between two, to insert one · positive, negative: prompt points · corner: of a box */
      readonly shape: 'vertex' | 'middle' | 'positive' | 'negative' | 'corner';
      readonly isActive: boolean;
    }
  | {
      readonly kind: 'area';
      /** As x, y, x, y, ... in imagePx, each closed; filled by the even-odd rule. */
      readonly rings: readonly ArrayLike<number>[];
      /** What a click would do with it. keep: it stays, everything else goes */
      readonly tone: 'add' | 'remove' | 'keep';
    }
  | { readonly kind: 'box'; readonly x0ImagePx: number; readonly y0ImagePx: number; readonly x1ImagePx: number; readonly y1ImagePx: number; readonly line: 'firm' | 'wanted' };
