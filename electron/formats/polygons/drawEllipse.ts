import type { Bitmap } from '../../../shared/mask/bitmap.ts';

export interface Ellipse {
  readonly xImagePx: number;
  readonly yImagePx: number;
  readonly radiusXPx: number;
  readonly radiusYPx: number;
  /** Clockwise on the screen. */
  readonly turnedDegrees: number;
}

/** Adds the pixels whose centres are inside. */
export const drawEllipse = ({ widthPx, heightPx, data }: Bitmap, { xImagePx, yImagePx, radiusXPx, radiusYPx, turnedDegrees }: Ellipse): void => {
  if (!(radiusXPx > 0) || !(radiusYPx > 0)) return;
  const [cos, sin] = [Math.cos((turnedDegrees * Math.PI) / 180), Math.sin((turnedDegrees * Math.PI) / 180)];
  const reach = Math.max(radiusXPx, radiusYPx);
  const within = (place: number, sidePx: number): number => Math.min(sidePx, Math.max(0, place));
  const [left, right] = [within(Math.floor(xImagePx - reach), widthPx), within(Math.ceil(xImagePx + reach), widthPx)];
  const [top, bottom] = [within(Math.floor(yImagePx - reach), heightPx), within(Math.ceil(yImagePx + reach), heightPx)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [dx, dy] = [x + 0.5 - xImagePx, y + 0.5 - yImagePx];
      if (((dx * cos + dy * sin) / radiusXPx) ** 2 + ((dy * cos - dx * sin) / radiusYPx) ** 2 <= 1) data[y * widthPx + x] = 255;
    }
  }
};
