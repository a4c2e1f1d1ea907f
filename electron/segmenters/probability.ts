import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Activation } from '../inference/modelDescriptor.ts';
import type { TensorData } from '../inference/tensor.ts';
import type { ProbabilityMap } from './family.ts';

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Outside 0..1 by more than rounding of half-precision models. */
const logitTolerance = 0.01;

/** A model that found nothing gives a flat map: stretching its noise to 0..1 would make a mask of it. */
const flatRange = 1e-3;

const rangeOf = (data: Float32Array): { lowest: number; highest: number } => {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let index = 0; index < data.length; index++) {
    const value = data[index] as number;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
};

const mapperFor = (activation: Activation, data: Float32Array): ((value: number) => number) => {
  if (activation === 'sigmoid') return sigmoid;
  if (activation === 'none') return (value) => value;
  const { lowest, highest } = rangeOf(data);
  if (activation === 'sigmoidIfLogits') return lowest < -logitTolerance || highest > 1 + logitTolerance ? sigmoid : (value) => value;
  const range = highest - lowest;
  return range < flatRange ? (value) => value : (value) => (value - lowest) / range;
};

/**
 * Output [1, 1, height, width] or [1, height, width] as probabilities, cut to 0..1.
 * @throws ExpectedError inference_failed for another shape, or for values that are no numbers
 */
export const probabilityMap = (output: TensorData, activation: Activation): ProbabilityMap => {
  const { dims } = output;
  const heightPx = dims.at(-2);
  const widthPx = dims.at(-1);
  if (output.type !== 'float32' || heightPx === undefined || widthPx === undefined || heightPx * widthPx === 0 || heightPx * widthPx !== output.data.length) {
    throw new ExpectedError('inference_failed', `The model's output is ${output.type} [${dims.join(', ')}], where one float32 map of probabilities was expected. Check its description.`);
  }
  const map = mapperFor(activation, output.data);
  const data = new Float32Array(output.data.length);
  for (let index = 0; index < data.length; index++) {
    const probability = map(output.data[index] as number);
    if (Number.isNaN(probability)) throw new ExpectedError('inference_failed', 'The model gave values that are no numbers. Try it on the CPU, or another model.');
    data[index] = probability < 0 ? 0 : probability > 1 ? 1 : probability;
  }
  return { widthPx, heightPx, data };
};

/** Mean distance of the probabilities from 0.5, scaled to 0..1 (shared/domain/revision.ts). */
export const confidenceOf = ({ data }: ProbabilityMap): number => {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += Math.abs((data[index] as number) - 0.5);
  return (2 * sum) / data.length;
};
