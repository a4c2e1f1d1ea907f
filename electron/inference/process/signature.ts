import type { InferenceSession } from 'onnxruntime-node';
import type { DecoderSignature, TensorSlot } from '../../../shared/prompts/decoderSignature.ts';

const slotOf = (metadata: InferenceSession.ValueMetadata): TensorSlot =>
  metadata.isTensor ? { name: metadata.name, type: metadata.type, shape: [...metadata.shape] } : { name: metadata.name, type: 'none', shape: [] };

/** What a loaded model takes and gives. */
export const signatureOf = (session: InferenceSession): { inputs: TensorSlot[]; outputs: TensorSlot[] } & DecoderSignature => ({
  inputs: session.inputMetadata.map(slotOf),
  outputs: session.outputMetadata.map(slotOf),
});
