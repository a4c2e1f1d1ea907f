/** The photo at full size and its halves, largest first: drawing a 24 MP photo small from 24 MP would flicker and take tens of milliseconds. */
export interface PhotoLevels {
  readonly levels: readonly ImageBitmap[];
}

/** One bitmap may be smaller than the image (a preview while the full photo loads); it is shown at the image's size. */
export type Photo = ImageBitmap | PhotoLevels;

/** The smallest bitmap that is at least as wide as it will be drawn. */
export const photoFor = (photo: Photo, widthDevicePx: number): ImageBitmap | null => {
  if (!('levels' in photo)) return photo;
  return photo.levels.findLast((level) => level.width >= widthDevicePx) ?? photo.levels[0] ?? null;
};
