import type { Rect } from '../../shared/mask/rect.ts';
import type { Tint } from './viewOptions.ts';

/** fill: the inside, tinted · edge: its border, the tint on the inner side and a dark line on the outer one, so that it reads on anything. */
export type TileStyle = 'fill' | 'edge';

/** RGBA as ImageData keeps it, read as one little-endian word. */
const word = ({ red, green, blue }: Tint, alpha: number): number => ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
const darkAlpha = 150;

/**
 * Colours a part of a tile.
 * @param shares of `part` with one more pixel on every side, as {@link sampleMask} gives it
 * @param part inside the tile; `pixels` has `stride` words a row and is written in that part alone
 */
export const colourTile = (style: TileStyle, tint: Tint, shares: Uint8Array, part: Rect, pixels: Uint32Array, stride: number): void => {
  const sharesStride = part.widthPx + 2;
  const opaque = word(tint, 255);
  const colour = word(tint, 0);
  const dark = word({ red: 0, green: 0, blue: 0 }, darkAlpha);
  for (let y = 0; y < part.heightPx; y++) {
    let at = (part.yPx + y) * stride + part.xPx;
    let from = (y + 1) * sharesStride + 1;
    for (let x = 0; x < part.widthPx; x++, at++, from++) {
      const share = shares[from] as number;
      if (style === 'fill') {
        pixels[at] = (colour | (share << 24)) >>> 0;
        continue;
      }
      const inside = share >>> 7;
      const atBorder =
        (shares[from - 1] as number) >>> 7 !== inside ||
        (shares[from + 1] as number) >>> 7 !== inside ||
        (shares[from - sharesStride] as number) >>> 7 !== inside ||
        (shares[from + sharesStride] as number) >>> 7 !== inside;
      pixels[at] = !atBorder ? 0 : inside === 1 ? opaque : dark;
    }
  }
};
