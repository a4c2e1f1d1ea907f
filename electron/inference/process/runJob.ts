import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Feed, PictureTensor, TensorData } from '../tensor.ts';
import { fromOrt, halfTensor, ortTensor } from './ortTensor.ts';
import { fillPlanes } from './planar.ts';

type Metadata = InferenceSession.ValueMetadata;

/** Kept from run to run: runs come one after another, and the size seldom changes. */
let planes = new Float32Array(0);

const planarOf = (picture: PictureTensor): TensorData => {
  const length = picture.dims.reduce((product, dim) => product * dim, 1);
  if (planes.length !== length) planes = new Float32Array(length);
  fillPlanes(picture, planes);
  return { type: 'float32', dims: picture.dims, data: planes };
};

/** Exports that prepare the picture themselves (as samexporter's with --use-preprocess) take it as it is: [height, width, 3], 0..255. */
const takesBytes = (metadata: Metadata | undefined): boolean => metadata?.isTensor === true && metadata.shape.length === 3 && metadata.shape[2] === 3;

const interleavedOf = ({ dims, data, pictureSize }: PictureTensor): TensorData => {
  const { widthPx, heightPx } = pictureSize ?? { widthPx: dims[3] as number, heightPx: dims[2] as number };
  return { type: 'float32', dims: [heightPx, widthPx, 3], data: Float32Array.from(data) };
};

const pictureOf = (picture: PictureTensor, metadata: Metadata | undefined): TensorData => (takesBytes(metadata) ? interleavedOf(picture) : planarOf(picture));

/** Half-precision exports take float16. */
const toOrt = (tensor: TensorData, metadata: Metadata | undefined): Tensor => {
  if (tensor.type === 'float32' && metadata?.isTensor === true && metadata.type === 'float16') return halfTensor(tensor.data, tensor.dims);
  return ortTensor(tensor.data, tensor.dims);
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
    const metadata = session.inputMetadata[position];
    inputs[name] = toOrt(feed.tensor.type === 'picture' ? pictureOf(feed.tensor, metadata) : feed.tensor, metadata);
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
