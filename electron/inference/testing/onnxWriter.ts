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
/** A constant of the graph: int64 [n]. */
export interface OnnxConstant {
  readonly name: string;
  readonly values: readonly number[];
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

const tensorProto = ({ name, values }: OnnxConstant): number[] => [
  ...number(1, values.length),
  ...number(2, elementCode.int64),
  ...bytes(7, values.flatMap(varint)),
  ...text(8, name),
];

interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants?: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export const onnxModel = (graph: OnnxGraph): Uint8Array => {
  const graphProto = [
    ...graph.nodes.flatMap((node) => bytes(1, nodeProto(node))),
    ...text(2, 'test'),
    ...(graph.constants ?? []).flatMap((constant) => bytes(5, tensorProto(constant))),
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

/** Takes a picture [1, 3, side, side] and gives its red channel [1, 1, side, side]: a segmenter whose true answer is known. */
export const redChannelModel = (sidePx: number): Uint8Array =>
  onnxModel({
    nodes: [{ op: 'Slice', inputs: ['picture', 'from', 'to', 'axis'], outputs: ['red'] }],
    constants: [
      { name: 'from', values: [0] },
      { name: 'to', values: [1] },
      { name: 'axis', values: [1] },
    ],
    inputs: [{ name: 'picture', element: 'float32', dims: [1, 3, sidePx, sidePx] }],
    outputs: [{ name: 'red', element: 'float32', dims: [1, 1, sidePx, sidePx] }],
  });

/**
 * A decoder of Segment Anything's signature whose true answer is known: its logits are the embedding [1, 1, side, side] times has_mask_input, multiplied by
 * itself as a matrix `steps` times; its predicted IoU are the labels that it was given.
 */
export const promptDecoderModel = (sidePx: number, steps = 0): Uint8Array => {
  const nodes: OnnxNode[] = [{ op: 'Mul', inputs: ['image_embeddings', 'has_mask_input'], outputs: ['m0'] }];
  for (let step = 0; step < steps; step++) nodes.push({ op: 'MatMul', inputs: [`m${step}`, 'm0'], outputs: [`m${step + 1}`] });
  nodes.push(
    { op: 'Identity', inputs: [`m${steps}`], outputs: ['low_res_masks'] },
    { op: 'Identity', inputs: ['point_labels'], outputs: ['iou_predictions'] },
    // In the graph, so that it takes them as the real ones do.
    { op: 'Identity', inputs: ['point_coords'], outputs: ['coords'] },
    { op: 'Identity', inputs: ['orig_im_size'], outputs: ['size'] },
  );
  const dims = [1, 1, sidePx, sidePx];
  return onnxModel({
    nodes,
    inputs: [
      { name: 'image_embeddings', element: 'float32', dims },
      { name: 'point_coords', element: 'float32', dims: [1, 'n', 2] },
      { name: 'point_labels', element: 'float32', dims: [1, 'n'] },
      { name: 'has_mask_input', element: 'float32', dims: [1] },
      { name: 'orig_im_size', element: 'float32', dims: [2] },
    ],
    outputs: [
      { name: 'low_res_masks', element: 'float32', dims },
      { name: 'iou_predictions', element: 'float32', dims: [1, 'n'] },
      { name: 'coords', element: 'float32', dims: [1, 'n', 2] },
      { name: 'size', element: 'float32', dims: [2] },
    ],
  });
};
