import { pictureFeed } from './pictureFeed.ts';
import { probabilityMap } from './probability.ts';
import type { ModelFamilyAdapter } from './family.ts';

/**
 * U²-Net, its small form u2netp and silueta (xuebinqin/U-2-Net): float32 [1, 3, 320, 320] with ImageNet's mean and deviation; the first
 * of seven side outputs is [1, 1, 320, 320] and is stretched from its lowest to its highest value, as u2net_test.py's normPRED does.
 */
export const u2net: ModelFamilyAdapter = {
  feeds: (picture, descriptor) => [pictureFeed(picture, descriptor)],
  read: (output, { adapter }) => probabilityMap(output, adapter.output.activation),
};
