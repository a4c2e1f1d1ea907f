import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Feed, PictureTensor, TensorData } from '../tensor.ts';
import { fillPlanes } from './planar.ts';

type Metadata = InferenceSession.ValueMetadata;

/**
 * The runtime's JavaScript side insists on a Float16Array, its native side (1.30) reads none of it ("expected 6, got 0"): the same bits
 * are shown to the native side as a Uint16Array, which it does read.
 */
const halfTensor = (data: Float32Array, dims: readonly number[]): Tensor => {
  const bits = new Uint16Array(new Float16Array(data).buffer);
  return Object.defineProperty(new Tensor('float16', bits, dims), 'data', { value: bits });
};

/** Kept from run to run: runs come one after another, and the size seldom changes. */
let planes = new Float32Array(0);

const planarOf = (picture: PictureTensor): TensorData => {
  const length = picture.dims.reduce((product, dim) => product * dim, 1);
  if (planes.length !== length) planes = new Float32Array(length);
  fillPlanes(picture, planes);
  return { type: 'float32', dims: picture.dims, data: planes };
};

/** Half-precision exports take and give float16; the rest of Maskdesk speaks float32. */
const toOrt = (tensor: TensorData, metadata: Metadata | undefined): Tensor => {
  if (tensor.type === 'int64') return new Tensor('int64', tensor.data, tensor.dims);
  if (metadata?.isTensor === true && metadata.type === 'float16') return halfTensor(tensor.data, tensor.dims);
  return new Tensor('float32', tensor.data, tensor.dims);
};

const fromOrt = (name: string, tensor: Tensor): TensorData => {
  if (tensor.data instanceof Float32Array) return { type: 'float32', dims: tensor.dims, data: tensor.data };
  if ((tensor.data as unknown) instanceof Float16Array) {
    return { type: 'float32', dims: tensor.dims, data: new Float32Array(tensor.data as unknown as Float16Array) };
  }
  if (tensor.data instanceof BigInt64Array) return { type: 'int64', dims: tensor.dims, data: tensor.data };
  throw new Error(`output ${name} has type ${tensor.type}, which is not read here`);
};

/**
 * One run of a session.
 * @returns the fetched outputs in the order asked for, and the milliseconds that the run took
 * @throws Error when an input or output of that name is not there, or ONNX Runtime's own
 */
export const runSession = async (
  session: InferenceSession,
  feeds: readonly Feed[],
  fetches: readonly string[] | 'all' | null,
): Promise<{ outputs: TensorData[]; outputNames: string[]; inferenceMs: number }> => {
  const inputs: Record<string, Tensor> = {};
  feeds.forEach((feed, index) => {
    const name = feed.name ?? session.inputNames[index];
    const position = name === undefined ? -1 : session.inputNames.indexOf(name);
    if (name === undefined || position < 0) {
      throw new Error(`the model has no input ${feed.name ?? `number ${index + 1}`}; its inputs are ${session.inputNames.join(', ')}`);
    }
    inputs[name] = toOrt(feed.tensor.type === 'picture' ? planarOf(feed.tensor) : feed.tensor, session.inputMetadata[position]);
  });
  const names = fetches === 'all' ? [...session.outputNames] : [...(fetches ?? session.outputNames.slice(0, 1))];
  for (const name of names) {
    if (!session.outputNames.includes(name)) {
      throw new Error(`the model has no output ${name}; its outputs are ${session.outputNames.join(', ')}`);
    }
  }
  const startedMs = performance.now();
  const answers = await session.run(inputs, names);
  const inferenceMs = performance.now() - startedMs;
  return { outputs: names.map((name) => fromOrt(name, answers[name] as Tensor)), outputNames: names, inferenceMs };
};
