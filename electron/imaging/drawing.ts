import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import { letter } from './lettering.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

export const emptyRgb = (widthPx: number, heightPx: number, colour: Rgb): RgbImage => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < data.length; index++) data[index] = colour[index % 3] as number;
  return { widthPx, heightPx, data };
};

/** Parts outside the target are left out, here and below. */
export const fillRect = (target: RgbImage, left: number, top: number, widthPx: number, heightPx: number, colour: Rgb): void => {
  for (let y = Math.max(0, top); y < Math.min(target.heightPx, top + heightPx); y++) {
    for (let x = Math.max(0, left); x < Math.min(target.widthPx, left + widthPx); x++) target.data.set(colour, (y * target.widthPx + x) * 3);
  }
};

export const paste = (target: RgbImage, picture: RgbImage, left: number, top: number): void => {
  const fromX = Math.max(0, -left);
  const toX = Math.min(picture.widthPx, target.widthPx - left);
  if (toX <= fromX) return;
  for (let y = Math.max(0, -top); y < Math.min(picture.heightPx, target.heightPx - top); y++) {
    const row = picture.data.subarray((y * picture.widthPx + fromX) * 3, (y * picture.widthPx + toX) * 3);
    target.data.set(row, ((top + y) * target.widthPx + left + fromX) * 3);
  }
};

/** Writes one line; left and top are of its letters' box. Returns its width. */
export const write = (target: RgbImage, text: string, left: number, top: number, capHeightPx: number, strokePx: number, colour: Rgb): number => {
  const ink = letter(text, capHeightPx, strokePx);
  for (let y = 0; y < ink.heightPx; y++) {
    for (let x = 0; x < ink.widthPx; x++) {
      const share = (ink.coverage[y * ink.widthPx + x] as number) / 255;
      const [targetX, targetY] = [left + x, top + y];
      if (share === 0 || targetX < 0 || targetY < 0 || targetX >= target.widthPx || targetY >= target.heightPx) continue;
      const at = (targetY * target.widthPx + targetX) * 3;
      for (let channel = 0; channel < 3; channel++) {
        target.data[at + channel] = Math.round((target.data[at + channel] as number) * (1 - share) + (colour[channel] as number) * share);
      }
    }
  }
  return ink.widthPx;
};
