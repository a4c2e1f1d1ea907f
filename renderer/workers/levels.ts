/** Smaller than this a photo is drawn from in any size within a millisecond or two. */
const smallestSidePx = 1024;

/**
 * Linear between the pixels: at exactly half that is the mean of each four, as good as a better filter and without what Skia builds for one: all smaller
 * sizes of the picture at once, which it keeps (30 MB at 24 MP).
 */
const resizeQuality = 'low';

/** The bitmap and its halves, down to about 1024 px: what is shown small is drawn from a small one. Together a third more memory. */
export const levelsOf = async (full: ImageBitmap): Promise<readonly ImageBitmap[]> => {
  const levels = [full];
  let level = full;
  while (Math.max(level.width, level.height) > smallestSidePx * 1.25) {
    level = await createImageBitmap(level, { resizeWidth: Math.ceil(level.width / 2), resizeHeight: Math.ceil(level.height / 2), resizeQuality });
    levels.push(level);
  }
  return levels;
};
