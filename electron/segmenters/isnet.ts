import { pictureFeed } from './pictureFeed.ts';
import { probabilityMap } from './probability.ts';
import type { ModelFamilyAdapter } from './family.ts';

/**
 * IS-Net (xuebinqin/DIS): float32 [1, 3, 1024, 1024], (byte - 128) / 256; its first output is the finest of six side outputs, with the
 * sigmoid inside the graph: [1, 1, 1024, 1024], 0..1.
 */
export const isnet: ModelFamilyAdapter = {
  feeds: (picture, descriptor) => [pictureFeed(picture, descriptor)],
  read: (output, { adapter }) => probabilityMap(output, adapter.output.activation),
};
