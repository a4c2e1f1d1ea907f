import sharp from 'sharp';

/** A screenshot's pixels, device pixels. */
export interface Shot {
  readonly widthPx: number;
  readonly heightPx: number;
  /** RGB, three bytes a pixel. */
  readonly rgb: Uint8Array;
}

export const shotOf = async (png: Buffer): Promise<Shot> => {
  const { data, info } = await sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgb: data };
};

export const colourAt = ({ widthPx, rgb }: Shot, x: number, y: number): readonly [red: number, green: number, blue: number] => {
  const at = (y * widthPx + x) * 3;
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
};
