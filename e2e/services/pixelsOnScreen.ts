import sharp from 'sharp';

export type Colour = readonly [red: number, green: number, blue: number];

/** How many pixels of a screenshot have about this colour. @param slack grey levels a channel */
export const countPixels = async (png: Buffer, [red, green, blue]: Colour, slack = 6): Promise<number> => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const isNear = Math.abs((data[at] ?? 0) - red) <= slack && Math.abs((data[at + 1] ?? 0) - green) <= slack && Math.abs((data[at + 2] ?? 0) - blue) <= slack;
    if (isNear) count++;
  }
  return count;
};
