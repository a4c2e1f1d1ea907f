import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { readPngHeader } from './pngHeader.ts';

/** One byte a pixel, row by row. */
export interface MaskPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: Uint8Array;
}

/** @throws when the file is not what the pipeline is promised: PNG, 8-bit, one channel, 0 or 255 */
export const readMaskFile = async (path: string): Promise<MaskPixels> => {
  const { bitDepth, colourType } = await readPngHeader(path);
  if (bitDepth !== 8 || colourType !== 0) throw new Error(`${path} has bit depth ${bitDepth} and colour type ${colourType}`);
  const { data, info } = await sharp(await readFile(path)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error(`${path} has ${info.channels} channels`);
  const odd = data.findIndex((value) => value !== 0 && value !== 255);
  if (odd !== -1) throw new Error(`${path} has the value ${data[odd]} at byte ${odd}`);
  return { widthPx: info.width, heightPx: info.height, bytes: data };
};

export const maskArea = ({ bytes }: MaskPixels): number => bytes.reduce((area, value) => area + (value === 0 ? 0 : 1), 0);

/** A mask that nobody could mistake for a model's: the left half of the picture. */
export const writeHalfMask = async (path: string, { width, height }: { readonly width: number; readonly height: number }): Promise<void> => {
  const bytes = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) bytes.fill(255, y * width, y * width + Math.floor(width / 2));
  await sharp(bytes, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png().toFile(path);
};
