import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import type { Feed } from '../inference/tensor.ts';
import type { ForegroundDescriptor } from '../inference/modelDescriptor.ts';

/** A picture as float32 [1, 3, height, width], prepared as the descriptor says. */
export const pictureFeed = ({ widthPx, heightPx, data }: RgbImage, { adapter: { input } }: ForegroundDescriptor): Feed => {
  const { name, divisor, mean, std } = input;
  return { name, tensor: { type: 'picture', dims: [1, 3, heightPx, widthPx], data, divisor, mean, std } };
};
