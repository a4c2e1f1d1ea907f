import type { Bitmap } from './bitmap.ts';
import { findComponents, type Component, type Connectivity } from './components.ts';
import { invert } from './compositing.ts';

/**
 * Pieces of outside that do not reach the image's border. When the mask's pieces are 8-connected its holes are 4-connected and the
 * other way round, as everywhere in digital topology: else a line of pixels that meet at corners would neither join nor separate.
 */
const holeComponents = (bitmap: Bitmap, maskConnectivity: Connectivity): { readonly holes: readonly Component[]; readonly labels: Uint32Array } => {
  const { components, labels } = findComponents(invert(bitmap), maskConnectivity === 8 ? 4 : 8);
  const holes = components.filter(
    ({ box }) => box.xPx > 0 && box.yPx > 0 && box.xPx + box.widthPx < bitmap.widthPx && box.yPx + box.heightPx < bitmap.heightPx,
  );
  return { holes, labels };
};

/** The holes of a mask, in the order of their first pixels. */
export const findHoles = (bitmap: Bitmap, maskConnectivity: Connectivity = 8): readonly Component[] => holeComponents(bitmap, maskConnectivity).holes;

/** The mask with its holes of at most `maxAreaPx` filled. */
export const fillHoles = (bitmap: Bitmap, maxAreaPx = Infinity, maskConnectivity: Connectivity = 8): Bitmap => {
  const { holes, labels } = holeComponents(bitmap, maskConnectivity);
  const filled = new Set(holes.filter(({ areaPx }) => areaPx <= maxAreaPx).map(({ label }) => label));
  const data = bitmap.data.slice();
  if (filled.size > 0) for (let index = 0; index < data.length; index++) if (filled.has(labels[index] as number)) data[index] = 255;
  return { ...bitmap, data };
};
