import type { Rect } from '../mask/rect.ts';

/** A part of the photo in colours of labPatch.ts. */
export interface LabWindow {
  /** imagePx */
  readonly rect: Rect;
  /** Three bytes a pixel, row-major, the rectangle's width as stride; longer where it is reused. */
  readonly lab: Uint8Array;
}

let stack = new Int32Array(1024);

/**
 * What a round brush covers when it stops at edges: the pixels of the disc that hang together with its centre, along sides of pixels, and look about like it.
 * Single pixels that are left out within are taken too: texture is no edge.
 * @param level how unlike a colour may be (oklab.ts) @param covered set to 1 for covered pixels, as the window is laid out; cleared before
 */
export const snapDisc = ({ rect, lab }: LabWindow, xImagePx: number, yImagePx: number, radiusPx: number, level: number, covered: Uint8Array): void => {
  const { widthPx, heightPx } = rect;
  covered.fill(0, 0, widthPx * heightPx);
  if (widthPx === 0 || heightPx === 0) return;
  const [centreX, centreY] = [xImagePx - rect.xPx, yImagePx - rect.yPx];
  const startX = Math.min(widthPx - 1, Math.max(0, Math.floor(centreX)));
  const startY = Math.min(heightPx - 1, Math.max(0, Math.floor(centreY)));
  const squaredRadius = radiusPx * radiusPx;
  const squaredLevel = level * level;

  let [lightness, a, b, count] = [0, 0, 0, 0];
  for (let y = Math.max(0, startY - 1); y <= Math.min(heightPx - 1, startY + 1); y++) {
    for (let x = Math.max(0, startX - 1); x <= Math.min(widthPx - 1, startX + 1); x++) {
      const at = (y * widthPx + x) * 3;
      lightness += lab[at] as number;
      a += lab[at + 1] as number;
      b += lab[at + 2] as number;
      count++;
    }
  }
  [lightness, a, b] = [lightness / count, a / count, b / count];

  const isInDisc = (x: number, y: number): boolean => (x + 0.5 - centreX) ** 2 + (y + 0.5 - centreY) ** 2 <= squaredRadius;
  if (stack.length < widthPx * heightPx) stack = new Int32Array(widthPx * heightPx);
  let length = 0;
  const take = (x: number, y: number): void => {
    const at = y * widthPx + x;
    if (covered[at] !== 0 || !isInDisc(x, y)) return;
    const byte = at * 3;
    const [d0, d1, d2] = [(lab[byte] as number) - lightness, (lab[byte + 1] as number) - a, (lab[byte + 2] as number) - b];
    if (d0 * d0 + d1 * d1 + d2 * d2 > squaredLevel) return;
    covered[at] = 1;
    stack[length++] = at;
  };
  covered[startY * widthPx + startX] = 1;
  stack[length++] = startY * widthPx + startX;
  while (length > 0) {
    const at = stack[--length] as number;
    const y = (at / widthPx) | 0;
    const x = at - y * widthPx;
    if (x > 0) take(x - 1, y);
    if (x + 1 < widthPx) take(x + 1, y);
    if (y > 0) take(x, y - 1);
    if (y + 1 < heightPx) take(x, y + 1);
  }

  // Marked with another number, so that what is taken here takes nothing more.
  for (let y = 1; y + 1 < heightPx; y++) {
    for (let x = 1; x + 1 < widthPx; x++) {
      const at = y * widthPx + x;
      if (covered[at] !== 0 || covered[at - 1] !== 1 || covered[at + 1] !== 1 || covered[at - widthPx] !== 1 || covered[at + widthPx] !== 1) continue;
      covered[at] = 2;
    }
  }
};
