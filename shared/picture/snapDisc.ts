import type { Rect } from '../mask/rect.ts';

/** A part of the photo in colours of labPatch.ts. */
export interface LabWindow {
  /** imagePx */
  readonly rect: Rect;
  /** Three bytes a pixel, row-major, the rectangle's width as stride; longer where it is reused. */
  readonly lab: Uint8Array;
}

/** Kept from call to call: a stroke allocates nothing. */
let stack = new Int32Array(1024);
let rowStarts = new Int32Array(64);
let rowEnds = new Int32Array(64);

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

  let lightness = 0;
  let a = 0;
  let b = 0;
  let count = 0;
  for (let y = Math.max(0, startY - 1); y <= Math.min(heightPx - 1, startY + 1); y++) {
    for (let x = Math.max(0, startX - 1); x <= Math.min(widthPx - 1, startX + 1); x++) {
      const at = (y * widthPx + x) * 3;
      lightness += lab[at] as number;
      a += lab[at + 1] as number;
      b += lab[at + 2] as number;
      count++;
    }
  }
  lightness /= count;
  a /= count;
  b /= count;

  // The disc as a run a row: asked for each pixel, its equation would be half of the time.
  if (rowStarts.length < heightPx) [rowStarts, rowEnds] = [new Int32Array(heightPx * 2), new Int32Array(heightPx * 2)];
  for (let y = 0; y < heightPx; y++) {
    const dy = y + 0.5 - centreY;
    const half = squaredRadius < dy * dy ? -1 : Math.sqrt(squaredRadius - dy * dy);
    rowStarts[y] = half < 0 ? 0 : Math.max(0, Math.ceil(centreX - half - 0.5));
    rowEnds[y] = half < 0 ? 0 : Math.min(widthPx, Math.floor(centreX + half - 0.5) + 1);
  }
  if (stack.length < widthPx * heightPx) stack = new Int32Array(widthPx * heightPx);
  let length = 0;
  /** @returns whether a pixel of the disc is new and looks alike */
  const take = (at: number): boolean => {
    if (covered[at] !== 0) return false;
    const byte = at * 3;
    const d0 = (lab[byte] as number) - lightness;
    const d1 = (lab[byte + 1] as number) - a;
    const d2 = (lab[byte + 2] as number) - b;
    if (d0 * d0 + d1 * d1 + d2 * d2 > squaredLevel) return false;
    covered[at] = 1;
    return true;
  };
  const start = startY * widthPx + startX;
  covered[start] = 1;
  stack[length++] = start;
  while (length > 0) {
    const at = stack[--length] as number;
    const y = (at / widthPx) | 0;
    const row = y * widthPx;
    const first = row + (rowStarts[y] as number);
    const end = row + (rowEnds[y] as number);
    let left = at;
    while (left > first && take(left - 1)) left--;
    let right = at + 1;
    while (right < end && take(right)) right++;
    for (let next = -1; next <= 1; next += 2) {
      const otherY = y + next;
      if (otherY < 0 || otherY >= heightPx) continue;
      const from = Math.max(left + next * widthPx, otherY * widthPx + (rowStarts[otherY] as number));
      const to = Math.min(right + next * widthPx, otherY * widthPx + (rowEnds[otherY] as number));
      for (let other = from; other < to; other++) if (take(other)) stack[length++] = other;
    }
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
