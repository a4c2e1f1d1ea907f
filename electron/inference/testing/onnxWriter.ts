/**
 * Writes tiny ONNX models (onnx.proto, IR 8, opset 17) for tests that need the real runtime but no downloaded weights: one that takes
 * its time, one that asks for too much memory, one in half precision.
 */
export type Dimension = number | string;
type Element = 'float32' | 'float16' | 'int64';
const elementCode: Readonly<Record<Element, number>> = { float32: 1, int64: 7, float16: 10 };

export interface OnnxValue {
  readonly name: string;
  readonly element: Element;
  readonly dims: readonly Dimension[];
}
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: readonly number[]): number[] => [...varint(field * 8 + 2), ...varint(content.length), ...content];
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);

const valueInfo = ({ name, element, dims }: OnnxValue): number[] => {
  const shape = dims.flatMap((dim) => bytes(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, elementCode[element]), ...bytes(2, shape)]))];
};
const nodeProto = ({ op, inputs, outputs }: OnnxNode): number[] => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, op),
];

export const onnxModel = (graph: { nodes: readonly OnnxNode[]; inputs: readonly OnnxValue[]; outputs: readonly OnnxValue[] }): Uint8Array => {
  const graphProto = [
    ...graph.nodes.flatMap((node) => bytes(1, nodeProto(node))),
    ...text(2, 'test'),
    ...graph.inputs.flatMap((value) => bytes(11, valueInfo(value))),
    ...graph.outputs.flatMap((value) => bytes(12, valueInfo(value))),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graphProto), ...bytes(8, [...text(1, ''), ...number(2, 17)])]);
};

/** `shape` [2] -> zeros of that shape, multiplied by themselves `steps` times: long work (or too much memory) from a tiny feed. */
export const slowModel = (steps: number): Uint8Array => {
  const nodes: OnnxNode[] = [{ op: 'ConstantOfShape', inputs: ['shape'], outputs: ['m0'] }];
  for (let step = 0; step < steps; step++) nodes.push({ op: 'MatMul', inputs: [`m${step}`, 'm0'], outputs: [`m${step + 1}`] });
  nodes.push({ op: 'Shape', inputs: [`m${steps}`], outputs: ['size'] });
  return onnxModel({
    nodes,
    inputs: [{ name: 'shape', element: 'int64', dims: [2] }],
    outputs: [{ name: 'size', element: 'int64', dims: [2] }, { name: `m${steps}`, element: 'float32', dims: ['h', 'w'] }],
  });
};

/** Gives back what it is fed, in half precision. */
export const halfPrecisionIdentity = (length: number): Uint8Array =>
  onnxModel({
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    inputs: [{ name: 'x', element: 'float16', dims: [length] }],
    outputs: [{ name: 'y', element: 'float16', dims: [length] }],
  });
