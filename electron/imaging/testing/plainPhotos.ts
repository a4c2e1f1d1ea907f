import sharp from 'sharp';

/** One colour. */
export const plainPng = (width: number, height: number, background: string): Promise<Uint8Array> => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();

/** Blue, with a white corner at the top left of the stored pixels, and EXIF's "turn me to the right". */
export const lyingJpeg = (width: number, height: number): Promise<Uint8Array> =>
  sharp({ create: { width, height, channels: 3, background: 'blue' } })
    .composite([{ input: { create: { width: 6, height: 6, channels: 3, background: 'white' } }, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** What a reader sees that does not know EXIF: size, tag, and the red of a pixel. */
export const asStored = async (file: string): Promise<{ readonly widthPx: number; readonly heightPx: number; readonly orientation: number | undefined; readonly redAt: (x: number, y: number) => number }> => {
  const { orientation } = await sharp(file).metadata();
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, orientation, redAt: (x, y) => data[(y * info.width + x) * info.channels] ?? -1 };
};

/** Grey with an alpha that is opaque everywhere, as drawing programs keep masks. */
export const opaqueGreyPng = (width: number, height: number, greyAt: (x: number) => number): Promise<Uint8Array> => {
  const row = Array.from({ length: width }, (_, x) => [greyAt(x), 255]).flat();
  return sharp(Uint8Array.from(Array.from({ length: height }, () => row).flat()), { raw: { width, height, channels: 2 } }).toColourspace('b-w').png().toBuffer();
};
