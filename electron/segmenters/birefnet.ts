import { pictureFeed } from './pictureFeed.ts';
import { probabilityMap } from './probability.ts';
import type { ModelFamilyAdapter } from './family.ts';

/**
 * BiRefNet (ZhengPeng7/BiRefNet) and the models of BRIA that share its interface, RMBG-1.4 and RMBG-2.0: float32 [1, 3, 1024, 1024];
 * one map [1, 1, 1024, 1024]. Exports differ in whether the sigmoid is inside the graph and in the names of input and output.
 */
export const birefnet: ModelFamilyAdapter = {
  feeds: (picture, descriptor) => [pictureFeed(picture, descriptor)],
  read: (output, { adapter }) => probabilityMap(output, adapter.output.activation),
};
