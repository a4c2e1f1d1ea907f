import { FlatTable } from './flatTable.ts';

/** Numbers of TensorFlow Lite's schema (tensorflow/lite/schema/schema.fbs): BuiltinOperator, and the fields of its tables in the functions below. */
export const operatorCodes = {
  add: 0,
  conv2d: 3,
  depthwiseConv2d: 4,
  mul: 18,
  reshape: 22,
  resizeBilinear: 23,
  softmax: 25,
  transpose: 39,
  transposeConv: 67,
  sum: 74,
  resizeNearest: 97,
} as const;

const float32 = 0;
const int32 = 2;

export interface TfliteTensor {
  readonly index: number;
  readonly shape: readonly number[];
  readonly isFloat: boolean;
  /** Of a constant; null: computed or fed. */
  readonly bytes: Uint8Array | null;
}

export interface TfliteOperator {
  readonly code: number;
  /** Null: left out, as a convolution's bias may be. */
  readonly inputs: readonly (TfliteTensor | null)[];
  readonly output: TfliteTensor;
  readonly options: FlatTable | null;
}

export interface TfliteGraph {
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly TfliteTensor[];
  readonly outputs: readonly TfliteTensor[];
}

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`${index} is beyond a list of ${items.length}`);
  return item;
};

/** @throws RangeError where the bytes are no TFLite model of one graph with fixed shapes in float32 */
export const readTflite = (file: Uint8Array): TfliteGraph => {
  if (String.fromCharCode(...file.subarray(4, 8)) !== 'TFL3') throw new RangeError('This is no TFLite file');
  const model = FlatTable.root(file);
  // Older writers keep the code in a byte, newer ones in an int; the larger counts.
  const codes = model.tables(1).map((table) => Math.max(table.int8(0), table.int32(3)));
  const buffers = model.tables(4);
  const subgraphs = model.tables(2);
  const graph = at(subgraphs, 0);
  if (subgraphs.length !== 1) throw new RangeError(`A model of ${subgraphs.length} graphs can't be converted`);
  const tensors = graph.tables(0).map((table, index): TfliteTensor => {
    const type = table.int8(1);
    const bytes = at(buffers, table.int32(2)).bytes(0);
    if (type !== float32 && type !== int32) throw new RangeError(`Tensor ${index} is of type ${type}: only float32 models can be converted`);
    return { index, shape: table.int32s(0), isFloat: type === float32, bytes: bytes.length === 0 ? null : bytes };
  });
  return {
    operators: graph.tables(3).map((table) => ({
      code: at(codes, table.int32(0)),
      inputs: table.int32s(1).map((index) => (index < 0 ? null : at(tensors, index))),
      output: at(tensors, at(table.int32s(2), 0)),
      options: table.table(4),
    })),
    inputs: graph.int32s(1).map((index) => at(tensors, index)),
    outputs: graph.int32s(2).map((index) => at(tensors, index)),
  };
};

/** A constant's values; files are not aligned, so they are copied. */
export const floatsOf = ({ index, bytes }: TfliteTensor): Float32Array => {
  if (bytes === null) throw new RangeError(`Tensor ${index} is no constant, where one is needed`);
  return new Float32Array(bytes.slice().buffer);
};

export const intsOf = ({ index, bytes }: TfliteTensor): readonly number[] => {
  if (bytes === null) throw new RangeError(`Tensor ${index} is no constant, where one is needed`);
  return [...new Int32Array(bytes.slice().buffer)];
};
