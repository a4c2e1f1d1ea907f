import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { SizePx } from './records.ts';

/** Stretched by taking, for each new pixel, the old one that its middle lies in. */
export const resizeNearest = ({ widthPx, heightPx, data }: Bitmap, to: SizePx): Bitmap => {
  const columns = Uint32Array.from({ length: to.widthPx }, (_, x) => Math.min(widthPx - 1, Math.floor(((x + 0.5) * widthPx) / to.widthPx)));
  const resized = new Uint8Array(to.widthPx * to.heightPx);
  for (let y = 0; y < to.heightPx; y++) {
    const row = Math.min(heightPx - 1, Math.floor(((y + 0.5) * heightPx) / to.heightPx)) * widthPx;
    for (let x = 0; x < to.widthPx; x++) resized[y * to.widthPx + x] = data[row + (columns[x] as number)] as number;
  }
  return { ...to, data: resized };
};

/**
 * A mask on a photo's pixels as the file has them, turned as EXIF's orientation turns the photo (Exif 2.32, 4.6.4, tag 274). Not a pixel changes.
 * @param orientation 1..8
 */
export const uprightMask = ({ widthPx, heightPx, data }: Bitmap, orientation: number): Bitmap => {
  const isOnItsSide = orientation >= 5;
  const [width, height] = isOnItsSide ? [heightPx, widthPx] : [widthPx, heightPx];
  const turned = new Uint8Array(data.length);
  /** Of the upright mask's (x, y), where it lies in the stored one. */
  const from = (x: number, y: number): number => {
    const [right, bottom] = [widthPx - 1, heightPx - 1];
    switch (orientation) {
      case 2:
        return y * widthPx + right - x;
      case 3:
        return (bottom - y) * widthPx + right - x;
      case 4:
        return (bottom - y) * widthPx + x;
      case 5:
        return x * widthPx + y;
      case 6:
        return (bottom - x) * widthPx + y;
      case 7:
        return (bottom - x) * widthPx + right - y;
      case 8:
        return x * widthPx + right - y;
      default:
        return y * widthPx + x;
    }
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[y * width + x] = data[from(x, y)] as number;
  return { widthPx: width, heightPx: height, data: turned };
};

/** The other way: a mask on the upright photo, laid on the pixels as the file has them. */
export const storedMask = (mask: Bitmap, orientation: number): Bitmap => uprightMask(mask, orientation === 6 ? 8 : orientation === 8 ? 6 : orientation);
