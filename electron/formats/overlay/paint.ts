import type { RgbImage } from '../../../shared/ports/imageCodec.ts';

/** The desk's first tint, #22c7d6, and how much of it lies over the photo: told apart from skin, wood and grass by people with any common colour blindness. */
const tintRgb = [0x22, 0xc7, 0xd6] as const;
const tintShare = 0.35;
/** Between the outline and a photo of its own colour. */
const rimRgb = [0x0b, 0x2a, 0x2e] as const;

/** Lays the tint over a picture, in place. @param coverage 0..255, one byte a pixel */
export const paintTint = ({ data }: RgbImage, coverage: Uint8Array): void => {
  for (let index = 0; index < coverage.length; index++) {
    const share = ((coverage[index] as number) / 255) * tintShare;
    if (share === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      const at = index * 3 + channel;
      data[at] = Math.round((data[at] as number) * (1 - share) + (tintRgb[channel] as number) * share);
    }
  }
};

/** Whether anything within `reachPx`, along rows and columns, is on the other side. */
const isNearOther = (coverage: Uint8Array, widthPx: number, heightPx: number, x: number, y: number, reachPx: number): boolean => {
  const inside = (coverage[y * widthPx + x] as number) >= 128;
  for (let step = 1; step <= reachPx; step++) {
    if (x >= step && (coverage[y * widthPx + x - step] as number) >= 128 !== inside) return true;
    if (x + step < widthPx && (coverage[y * widthPx + x + step] as number) >= 128 !== inside) return true;
    if (y >= step && (coverage[(y - step) * widthPx + x] as number) >= 128 !== inside) return true;
    if (y + step < heightPx && (coverage[(y + step) * widthPx + x] as number) >= 128 !== inside) return true;
  }
  return false;
};

/** The edge: the tint in full inside of it, a dark rim outside, so that it is seen on any photo. The edge itself lies between the two. */
export const paintOutline = ({ widthPx, heightPx, data }: RgbImage, coverage: Uint8Array, strokePx: number): void => {
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (!isNearOther(coverage, widthPx, heightPx, x, y, strokePx)) continue;
      data.set((coverage[y * widthPx + x] as number) >= 128 ? tintRgb : rimRgb, (y * widthPx + x) * 3);
    }
  }
};
