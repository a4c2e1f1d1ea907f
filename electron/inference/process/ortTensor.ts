import { Tensor } from 'onnxruntime-node';
import type { TensorData } from '../tensor.ts';

/**
 * The runtime's JavaScript side insists on a Float16Array, its native side (1.30) reads none of it ("expected 6, got 0"): the same bits
 * are shown to the native side as a Uint16Array, which it does read.
 */
export const halfTensor = (data: Float32Array, dims: readonly number[]): Tensor => {
  const bits = new Uint16Array(new Float16Array(data).buffer);
  return Object.defineProperty(new Tensor('float16', bits, dims), 'data', { value: bits });
};

/** In the type of the array. */
export const ortTensor = (data: Float32Array | Int32Array | BigInt64Array, dims: readonly number[]): Tensor => {
  if (data instanceof BigInt64Array) return new Tensor('int64', data, dims);
  return data instanceof Int32Array ? new Tensor('int32', data, dims) : new Tensor('float32', data, dims);
};

/** Half-precision exports give float16; the rest of Maskdesk speaks float32. @throws Error a type that is not read here */
export const fromOrt = (name: string, tensor: Tensor): TensorData => {
  if (tensor.data instanceof Float32Array) return { type: 'float32', dims: tensor.dims, data: tensor.data };
  if ((tensor.data as unknown) instanceof Float16Array) {
    return { type: 'float32', dims: tensor.dims, data: new Float32Array(tensor.data as unknown as Float16Array) };
  }
  if (tensor.data instanceof BigInt64Array) return { type: 'int64', dims: tensor.dims, data: tensor.data };
  throw new Error(`output ${name} has type ${tensor.type}, which is not read here`);
};
