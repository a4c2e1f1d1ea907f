import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-web';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { DecoderSignature, SlotTensor, TensorSlot } from '../../shared/prompts/decoderSignature.ts';

const slotOf = (metadata: InferenceSession.ValueMetadata): TensorSlot =>
  metadata.isTensor ? { name: metadata.name, type: metadata.type, shape: [...metadata.shape] } : { name: metadata.name, type: 'none', shape: [] };

/** What a loaded decoder takes and gives. */
export const signatureOf = (session: InferenceSession): DecoderSignature => ({ inputs: session.inputMetadata.map(slotOf), outputs: session.outputMetadata.map(slotOf) });

/** In the type that the decoder wants; halves go in as their bits, which the runtime takes with and without a type for them in the browser. */
export const tensorsOf = (tensors: readonly SlotTensor[], Make: TensorConstructor): Record<string, Tensor> =>
  Object.fromEntries(
    tensors.map(({ name, type, dims, data }): [string, Tensor] => {
      if (data instanceof BigInt64Array) return [name, new Make('int64', data, dims)];
      if (data instanceof Int32Array) return [name, new Make('int32', data, dims)];
      if (type === 'float16') return [name, new Make('float16', new Uint16Array(new Float16Array(data).buffer), dims)];
      return [name, new Make('float32', data, dims)];
    }),
  );

/** The rest of Maskdesk speaks float32. @throws ExpectedError inference_failed for values that are neither floats nor halves */
export const floatsOf = (name: string, { type, data }: Tensor): Float32Array => {
  if (data instanceof Float32Array) return data;
  if ((data as unknown) instanceof Float16Array) return new Float32Array(data as unknown as Float16Array);
  throw new ExpectedError('inference_failed', `The decoder's ${name} is made of ${type}, which is not read here.`);
};
