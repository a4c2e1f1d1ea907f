import sharp from 'sharp';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { MaskOrientation, RgbImage } from '../../shared/ports/imageCodec.ts';
import { fitted, tint, tintRgb } from './overlay.ts';
import { resizeGrey } from './resizeGrey.ts';

/** The second layer's colour, #e6a23c: told apart from the first by the colour-blind, and dashed beside it. */
const presentRgb = [0xe6, 0xa2, 0x3c] as const;
const dashPx = 6;
/** Between a line and the photo, so that the line reads on anything. */
const haloShare = 0.55;

/** Pixels of a coverage's edge, on its inner side; the picture's own border is no edge. */
const edgesOf = (coverage: Uint8Array, widthPx: number, heightPx: number): readonly number[] => {
  const isIn = (index: number): boolean => (coverage[index] as number) >= 128;
  const edges: number[] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      if (!isIn(at)) continue;
      if ((x > 0 && !isIn(at - 1)) || (x < widthPx - 1 && !isIn(at + 1)) || (y > 0 && !isIn(at - widthPx)) || (y < heightPx - 1 && !isIn(at + widthPx))) edges.push(at);
    }
  }
  return edges;
};

/** Draws a line along edges, in place. @param reachPx around each pixel of the edge: 0 is one pixel wide */
const drawLine = ({ widthPx, heightPx, data }: RgbImage, edges: readonly number[], reachPx: number, rgb: readonly [number, number, number], isDashed: boolean): void => {
  const around = (at: number, reach: number, paint: (index: number) => void): void => {
    const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
    for (let row = Math.max(0, y - reach); row <= Math.min(heightPx - 1, y + reach); row++) {
      for (let column = Math.max(0, x - reach); column <= Math.min(widthPx - 1, x + reach); column++) paint((row * widthPx + column) * 3);
    }
  };
  const isGap = (at: number): boolean => isDashed && Math.floor(((at % widthPx) + Math.floor(at / widthPx)) / dashPx) % 2 === 1;
  const haloed = new Set<number>();
  for (const at of edges) {
    if (isGap(at)) continue;
    around(at, reachPx + 1, (index) => {
      if (haloed.has(index)) return;
      haloed.add(index);
      for (let channel = 0; channel < 3; channel++) data[index + channel] = Math.round((data[index + channel] as number) * (1 - haloShare));
    });
  }
  for (const at of edges) if (!isGap(at)) around(at, reachPx, (index) => data.set(rgb, index));
};

/**
 * A photo with a mask tinted and outlined over it, and another's outline dashed beside, as a small WebP.
 * @param present null: none
 */
export const comparedMasks = async (photo: Uint8Array, incoming: Bitmap, present: Bitmap | null, maxSidePx: number, orientation: MaskOrientation, maxMegapixels: number): Promise<Uint8Array> => {
  const picture = await fitted(photo, maxSidePx, orientation, maxMegapixels);
  const { widthPx, heightPx, data } = picture;
  const reachPx = maxSidePx > 500 ? 1 : 0;
  const coverageOf = (mask: Bitmap): Promise<Uint8Array> => resizeGrey(mask.data, mask.widthPx, mask.heightPx, widthPx, heightPx);
  const coverage = await coverageOf(incoming);
  tint(picture, coverage);
  drawLine(picture, edgesOf(coverage, widthPx, heightPx), reachPx, tintRgb, false);
  if (present !== null) drawLine(picture, edgesOf(await coverageOf(present), widthPx, heightPx), reachPx, presentRgb, true);
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } }).webp({ quality: 82 }).toBuffer();
};
