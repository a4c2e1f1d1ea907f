import type { ImageCodec, MaskOrientation, RgbImage } from '../../../shared/ports/imageCodec.ts';

type Reading = Pick<ImageCodec, 'rgbAt'>;

/** Blocks of `by` x `by` pixels averaged to one each. */
const reduced = ({ widthPx, heightPx, data }: RgbImage, byX: number, byY: number): RgbImage => {
  const [width, height] = [widthPx / byX, heightPx / byY];
  const small = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  const half = (byX * byY) >> 1;
  for (let y = 0, from = 0; y < height; y++) {
    sums.fill(half);
    for (let row = 0; row < byY; row++) {
      for (let x = 0; x < widthPx; x++, from += 3) {
        const at = Math.floor(x / byX) * 3;
        sums[at] = (sums[at] as number) + (data[from] as number);
        sums[at + 1] = (sums[at + 1] as number) + (data[from + 1] as number);
        sums[at + 2] = (sums[at + 2] as number) + (data[from + 2] as number);
      }
    }
    for (let index = 0; index < sums.length; index++) small[y * sums.length + index] = (sums[index] as number) / (byX * byY);
  }
  return { widthPx: width, heightPx: height, data: small };
};

/**
 * A codec that decodes each photo once for all models of a recipe: what was read largest is kept while the photo is in hand, and what fits into it a
 * whole number of times is averaged from it (1024 -> 512, 256).
 * @param codec the one that decodes
 */
export const decodedOnce = <Codec extends Reading>(codec: Codec): Codec => {
  let kept: { readonly photo: Uint8Array; readonly orientation: MaskOrientation; readonly picture: Promise<RgbImage>; readonly widthPx: number; readonly heightPx: number } | null = null;
  return {
    ...codec,
    rgbAt: async (photo, widthPx, heightPx, orientation = 'exif', filter = 'sharp') => {
      // Another filter is asked for by models that know no other.
      if (filter !== 'sharp') return codec.rgbAt(photo, widthPx, heightPx, orientation, filter);
      const isSame = kept?.photo === photo && kept.orientation === orientation;
      if (kept !== null && isSame && kept.widthPx % widthPx === 0 && kept.heightPx % heightPx === 0) {
        const picture = await kept.picture;
        return kept.widthPx === widthPx && kept.heightPx === heightPx ? picture : reduced(picture, kept.widthPx / widthPx, kept.heightPx / heightPx);
      }
      const picture = codec.rgbAt(photo, widthPx, heightPx, orientation, filter);
      if (kept === null || !isSame || kept.widthPx * kept.heightPx < widthPx * heightPx) kept = { photo, orientation, picture, widthPx, heightPx };
      return picture;
    },
  };
};
