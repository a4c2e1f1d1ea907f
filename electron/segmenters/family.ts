import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import type { Feed, TensorData } from '../inference/tensor.ts';
import type { ForegroundDescriptor } from '../inference/modelDescriptor.ts';

/** Foreground probability 0..1 a pixel, row-major, at the model's own size. */
export interface ProbabilityMap {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** What a family of models wants and gives. */
export interface ModelFamilyAdapter {
  /** @param picture stretched to exactly the descriptor's input size */
  feeds(picture: RgbImage, descriptor: ForegroundDescriptor): readonly Feed[];
  /** @throws ExpectedError inference_failed when the output has not the shape that the family gives */
  read(output: TensorData, descriptor: ForegroundDescriptor): ProbabilityMap;
}
