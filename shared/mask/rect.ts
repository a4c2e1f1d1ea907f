/** A rectangle of whole pixels; the right and bottom edge are outside. Empty when a side is 0. Its space is named by who uses it. */
export interface Rect {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export const emptyRect: Rect = { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };

export const isEmptyRect = (rect: Rect): boolean => rect.widthPx <= 0 || rect.heightPx <= 0;

/** From edges: left and top inside, right and bottom outside. */
export const rectOfEdges = (left: number, top: number, right: number, bottom: number): Rect =>
  right > left && bottom > top ? { xPx: left, yPx: top, widthPx: right - left, heightPx: bottom - top } : emptyRect;

export const intersectRects = (a: Rect, b: Rect): Rect =>
  rectOfEdges(
    Math.max(a.xPx, b.xPx),
    Math.max(a.yPx, b.yPx),
    Math.min(a.xPx + a.widthPx, b.xPx + b.widthPx),
    Math.min(a.yPx + a.heightPx, b.yPx + b.heightPx),
  );

/** The smallest rectangle that holds both. */
export const uniteRects = (a: Rect, b: Rect): Rect => {
  if (isEmptyRect(a)) return b;
  if (isEmptyRect(b)) return a;
  return rectOfEdges(
    Math.min(a.xPx, b.xPx),
    Math.min(a.yPx, b.yPx),
    Math.max(a.xPx + a.widthPx, b.xPx + b.widthPx),
    Math.max(a.yPx + a.heightPx, b.yPx + b.heightPx),
  );
};
