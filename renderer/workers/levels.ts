/** Smaller than this a photo is drawn from in any size within a millisecond or two. */
const smallestSidePx = 1024;

/** The bitmap and its halves, down to about 1024 px: what is shown small is drawn from a small one. Together a third more memory. */
export const levelsOf = async (full: ImageBitmap): Promise<readonly ImageBitmap[]> => {
  const levels = [full];
  let level = full;
  while (Math.max(level.width, level.height) > smallestSidePx * 1.25) {
    level = await createImageBitmap(level, { resizeWidth: Math.ceil(level.width / 2), resizeHeight: Math.ceil(level.height / 2), resizeQuality: 'medium' });
    levels.push(level);
  }
  return levels;
};
