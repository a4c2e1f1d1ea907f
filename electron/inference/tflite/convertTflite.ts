import { ExpectedError } from '../../../shared/errors/errors.ts';
import { OnnxBuilder } from './onnxBuilder.ts';
import { operatorConverters } from './operators.ts';
import { floatsOf, readTflite, type TfliteTensor } from './tfliteGraph.ts';

const inputName = (index: number): string => `input${index}`;
const outputName = (index: number): string => `output${index}`;

/**
 * A float32 TFLite model as ONNX (opset 13) for the one runtime that there is here. Inputs and outputs keep their order and their shapes, channels
 * last, and are named input0, output0 and so on. The same file always gives the same bytes, so that the result has a digest of its own.
 * @throws ExpectedError model_corrupt for what is no TFLite model, or has operators, types or activations that no converter knows
 */
export const convertTflite = (file: Uint8Array): Uint8Array => {
  try {
    const model = readTflite(file);
    const graph = new OnnxBuilder();
    const names = new Map<number, string>(model.inputs.map(({ index }, order) => [index, inputName(order)]));
    const nameOf = (tensor: TfliteTensor): string => {
      const known = names.get(tensor.index);
      if (known !== undefined) return known;
      if (!tensor.isFloat) throw new RangeError(`Tensor ${tensor.index} is a whole number where the graph computes`);
      const name = graph.floats(floatsOf(tensor), tensor.shape);
      names.set(tensor.index, name);
      return name;
    };
    for (const operator of model.operators) {
      const convert = operatorConverters[operator.code];
      if (convert === undefined) throw new RangeError(`The operator ${operator.code} can't be converted`);
      names.set(operator.output.index, convert(operator, { graph, nameOf }));
    }
    model.outputs.forEach((tensor, order) => graph.node('Identity', [nameOf(tensor)], {}, outputName(order)));
    const slots = (tensors: readonly TfliteTensor[], name: (index: number) => string) => tensors.map(({ shape }, order) => ({ name: name(order), dims: shape }));
    return graph.build(slots(model.inputs, inputName), slots(model.outputs, outputName));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ExpectedError('model_corrupt', `These weights can't be made ready for this machine's runtime: ${error.message}.`, { cause: error });
  }
};
