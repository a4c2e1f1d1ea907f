import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import type { Feed } from '../inference/tensor.ts';
import type { ModelDescriptor } from '../inference/modelDescriptor.ts';

/** Interleaved bytes to float32 [1, 3, height, width]: (byte / divisor - mean) / std, a plane a channel, red first. */
export const planarFloat32 = (picture: RgbImage, { adapter: { input } }: ModelDescriptor): Feed => {
  const { widthPx, heightPx, data } = picture;
  const planePx = widthPx * heightPx;
  const planes = new Float32Array(3 * planePx);
  for (let channel = 0; channel < 3; channel++) {
    const mean = input.mean[channel] as number;
    const std = input.std[channel] as number;
    const offset = channel * planePx;
    for (let pixel = 0, from = channel; pixel < planePx; pixel++, from += 3) {
      planes[offset + pixel] = ((data[from] as number) / input.divisor - mean) / std;
    }
  }
  return { name: input.name, tensor: { type: 'float32', dims: [1, 3, heightPx, widthPx], data: planes } };
};
