import type { OnnxBuilder } from './onnxBuilder.ts';
import { floatsOf, intsOf, operatorCodes, type TfliteOperator, type TfliteTensor } from './tfliteGraph.ts';

/** What a converter writes to: the graph, and the names of the tensors that are there already. */
export interface Conversion {
  readonly graph: OnnxBuilder;
  readonly nameOf: (tensor: TfliteTensor) => string;
}

/** @returns the name of the operator's output */
export type OperatorConverter = (operator: TfliteOperator, conversion: Conversion) => string;

const input = ({ inputs, code }: TfliteOperator, index: number): TfliteTensor => {
  const tensor = inputs[index];
  if (tensor == null) throw new RangeError(`An operator ${code} lacks its input ${index}`);
  return tensor;
};

const dim = ({ shape, index }: TfliteTensor, axis: number): number => {
  const size = shape[axis];
  if (size === undefined) throw new RangeError(`Tensor ${index} has no axis ${axis}`);
  return size;
};

/** TFLite keeps channels last, ONNX's pictures have them first; the runtime merges the turns of neighbours. */
const channelsFirst = (graph: OnnxBuilder, name: string): string => graph.node('Transpose', [name], { perm: [0, 3, 1, 2] });
const channelsLast = (graph: OnnxBuilder, name: string): string => graph.node('Transpose', [name], { perm: [0, 2, 3, 1] });

/** ActivationFunctionType of the schema, which TFLite keeps inside the operator. */
const activated = (graph: OnnxBuilder, name: string, activation: number): string => {
  if (activation === 0) return name;
  if (activation === 1) return graph.node('Relu', [name]);
  if (activation === 3) return graph.node('Clip', [name, graph.floats(Float32Array.of(0), []), graph.floats(Float32Array.of(6), [])]);
  throw new RangeError(`The activation ${activation} can't be converted`);
};

/** A constant's four axes in another order. */
const permuted = (tensor: TfliteTensor, order: readonly [number, number, number, number]): { readonly values: Float32Array; readonly dims: readonly number[] } => {
  const from = floatsOf(tensor);
  const steps = [0, 1, 2, 3].map((axis) => tensor.shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const dims = order.map((axis) => dim(tensor, axis));
  const [stepA, stepB, stepC, stepD] = order.map((axis) => steps[axis] as number) as [number, number, number, number];
  const [sizeA, sizeB, sizeC, sizeD] = dims as [number, number, number, number];
  const values = new Float32Array(from.length);
  let at = 0;
  for (let a = 0; a < sizeA; a++)
    for (let b = 0; b < sizeB; b++) for (let c = 0; c < sizeC; c++) for (let d = 0; d < sizeD; d++) values[at++] = from[a * stepA + b * stepB + c * stepC + d * stepD] as number;
  return { values, dims };
};

/** "Same" padding of TensorFlow: the output has one pixel a stride; an odd pixel goes to the end. */
const samePadding = (size: number, kernel: number, stride: number, dilation: number): readonly [number, number] => {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size);
  return [total >> 1, total - (total >> 1)];
};

const pads = (vertical: readonly [number, number], horizontal: readonly [number, number]): readonly number[] => [vertical[0], horizontal[0], vertical[1], horizontal[1]];

const optionsOf = ({ options, code }: TfliteOperator) => {
  if (options === null) throw new RangeError(`An operator ${code} lacks its options`);
  return options;
};

/** Weights are [out, height, width, in]; of a depthwise convolution [1, height, width, out]. */
const convolution =
  (isDepthwise: boolean): OperatorConverter =>
  (operator, { graph, nameOf }) => {
    const options = optionsOf(operator);
    const [picture, kernel, bias] = [input(operator, 0), input(operator, 1), operator.inputs[2]];
    const [kernelHeight, kernelWidth] = [dim(kernel, 1), dim(kernel, 2)];
    const [strideX, strideY] = [options.int32(1), options.int32(2)];
    const [dilationX, dilationY] = [options.int32(isDepthwise ? 5 : 4, 1), options.int32(isDepthwise ? 6 : 5, 1)];
    const isSame = options.int8(0) === 0;
    const weights = permuted(kernel, isDepthwise ? [3, 0, 1, 2] : [0, 3, 1, 2]);
    const channels = dim(picture, 3);
    const convolved = graph.node('Conv', [channelsFirst(graph, nameOf(picture)), graph.floats(weights.values, weights.dims), ...(bias == null ? [] : [nameOf(bias)])], {
      kernel_shape: [kernelHeight, kernelWidth],
      strides: [strideY, strideX],
      dilations: [dilationY, dilationX],
      pads: isSame ? pads(samePadding(dim(picture, 1), kernelHeight, strideY, dilationY), samePadding(dim(picture, 2), kernelWidth, strideX, dilationX)) : [0, 0, 0, 0],
      group: isDepthwise ? channels : channels / (weights.dims[1] as number),
    });
    return activated(graph, channelsLast(graph, convolved), options.int8(isDepthwise ? 4 : 3));
  };

/** Inputs: the output's shape, the weights [out, height, width, in], the picture, perhaps a bias. */
const transposeConvolution: OperatorConverter = (operator, { graph, nameOf }) => {
  const options = optionsOf(operator);
  const [kernel, picture, bias] = [input(operator, 1), input(operator, 2), operator.inputs[3]];
  const [kernelHeight, kernelWidth, strideX, strideY] = [dim(kernel, 1), dim(kernel, 2), options.int32(1), options.int32(2)];
  const weights = permuted(kernel, [3, 0, 1, 2]);
  const padding = (axis: 1 | 2, size: number, stride: number): readonly [number, number] => {
    const total = Math.max(0, (dim(picture, axis) - 1) * stride + size - dim(operator.output, axis));
    return [total >> 1, total - (total >> 1)];
  };
  const convolved = graph.node('ConvTranspose', [channelsFirst(graph, nameOf(picture)), graph.floats(weights.values, weights.dims), ...(bias == null ? [] : [nameOf(bias)])], {
    kernel_shape: [kernelHeight, kernelWidth],
    strides: [strideY, strideX],
    pads: pads(padding(1, kernelHeight, strideY), padding(2, kernelWidth, strideX)),
  });
  return activated(graph, channelsLast(graph, convolved), options.int8(3));
};

const elementwise =
  (operatorName: 'Add' | 'Mul'): OperatorConverter =>
  (operator, { graph, nameOf }) =>
    activated(graph, graph.node(operatorName, [nameOf(input(operator, 0)), nameOf(input(operator, 1))]), operator.options?.int8(0) ?? 0);

/** The two flags of the schema say where pixels lie on each other. */
const resize =
  (mode: 'linear' | 'nearest'): OperatorConverter =>
  (operator, { graph, nameOf }) => {
    const options = optionsOf(operator);
    const firstFlag = mode === 'linear' ? 2 : 0;
    const areCornersAligned = options.int8(firstFlag) !== 0;
    const areCentresHalves = options.int8(firstFlag + 1) !== 0;
    const [count, height, width, channels] = [0, 1, 2, 3].map((axis) => dim(operator.output, axis)) as [number, number, number, number];
    const resized = graph.node('Resize', [channelsFirst(graph, nameOf(input(operator, 0))), '', '', graph.integers([count, channels, height, width])], {
      mode,
      coordinate_transformation_mode: areCornersAligned ? 'align_corners' : areCentresHalves ? 'half_pixel' : 'asymmetric',
      ...(mode === 'nearest' ? { nearest_mode: areCentresHalves ? 'round_prefer_ceil' : 'floor' } : {}),
    });
    return channelsLast(graph, resized);
  };

/** What selfie segmentation is made of; another model's operator is one entry more. */
export const operatorConverters: Readonly<Record<number, OperatorConverter>> = {
  [operatorCodes.add]: elementwise('Add'),
  [operatorCodes.mul]: elementwise('Mul'),
  [operatorCodes.conv2d]: convolution(false),
  [operatorCodes.depthwiseConv2d]: convolution(true),
  [operatorCodes.transposeConv]: transposeConvolution,
  [operatorCodes.reshape]: (operator, { graph, nameOf }) => graph.node('Reshape', [nameOf(input(operator, 0)), graph.integers(operator.output.shape)]),
  [operatorCodes.transpose]: (operator, { graph, nameOf }) => graph.node('Transpose', [nameOf(input(operator, 0))], { perm: intsOf(input(operator, 1)) }),
  [operatorCodes.softmax]: (operator, { graph, nameOf }) => graph.node('Softmax', [nameOf(input(operator, 0))], { axis: -1 }),
  [operatorCodes.sum]: (operator, { graph, nameOf }) =>
    graph.node('ReduceSum', [nameOf(input(operator, 0)), graph.integers(intsOf(input(operator, 1)))], { keepdims: operator.options?.int8(0) ?? 0 }),
  [operatorCodes.resizeBilinear]: resize('linear'),
  [operatorCodes.resizeNearest]: resize('nearest'),
};
