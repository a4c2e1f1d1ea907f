import sharp from 'sharp';
import type { Random } from '../../electron/cli/crash/random.ts';
import type { PlannedAsset } from './stream.ts';

export const photoWidthPx = 320;
export const photoHeightPx = 240;

/** A coloured thing on a plain ground, different for each; for a corrupt one bytes that begin as a JPEG and go wrong, or nothing at all. */
export const photoOf = async (random: Random, asset: PlannedAsset): Promise<Buffer> => {
  const colour = (): string => `rgb(${random.below(256)},${random.below(256)},${random.below(256)})`;
  const [x, y, radius] = [60 + random.below(200), 50 + random.below(140), 25 + random.below(60)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${photoWidthPx}" height="${photoHeightPx}"><rect width="100%" height="100%" fill="${colour()}"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${colour()}"/><rect x="${x - radius / 2}" y="${y}" width="${radius}" height="${radius}" fill="${colour()}"/></svg>`;
  const jpeg = await sharp(Buffer.from(svg)).jpeg().toBuffer();
  if (!asset.isCorrupt) return jpeg;
  return random.below(2) === 0 ? jpeg.subarray(0, 200) : Buffer.from('this is no picture');
};
