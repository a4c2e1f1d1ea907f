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

const apply = (data: Float32Array, mapping: (value: number) => number): void => {
  for (let index = 0; index < data.length; index++) data[index] = mapping(data[index] as number);
};

const activate = (activation: Activation, data: Float32Array): void => {
  if (activation === 'none') return;
  if (activation === 'sigmoid') return apply(data, sigmoid);
  const { lowest, highest } = rangeOf(data);
  if (activation === 'sigmoidIfLogits') return lowest < -logitTolerance || highest > 1 + logitTolerance ? apply(data, sigmoid) : undefined;
  const range = highest - lowest;
  if (range >= flatRange) apply(data, (value) => (value - lowest) / range);
};

/**
 * Output [1, 1, height, width] or [1, height, width] as probabilities, cut to 0..1. Works in the tensor's own memory, which nobody else reads.
 * @throws ExpectedError inference_failed for another shape, or for values that are no numbers
 */
export const probabilityMap = (output: TensorData, activation: Activation): ProbabilityMap => {
  const { dims } = output;
  const heightPx = dims.at(-2);
  const widthPx = dims.at(-1);
  if (output.type !== 'float32' || heightPx === undefined || widthPx === undefined || heightPx * widthPx === 0 || heightPx * widthPx !== output.data.length) {
    throw new ExpectedError('inference_failed', `The model's output is ${output.type} [${dims.join(', ')}], where one float32 map of probabilities was expected. Check its description.`);
  }
  const { data } = output;
  activate(activation, data);
  for (let index = 0; index < data.length; index++) {
    const probability = data[index] as number;
    if (probability >= 0 && probability <= 1) continue;
    if (Number.isNaN(probability)) throw new ExpectedError('inference_failed', 'The model gave values that are no numbers. Try it on the CPU, or another model.');
    data[index] = probability < 0 ? 0 : 1;
  }
  return { widthPx, heightPx, data };
};

/** Mean distance of the probabilities from 0.5, scaled to 0..1 (shared/domain/revision.ts). */
export const confidenceOf = ({ data }: ProbabilityMap): number => {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += Math.abs((data[index] as number) - 0.5);
  return (2 * sum) / data.length;
};
