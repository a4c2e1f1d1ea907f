import { readFile } from 'node:fs/promises';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { readEmbedding } from '../../shared/prompts/embeddingFile.ts';
import type { DecoderHost } from '../inference/decoderHost.ts';
import type { InferenceHost, ModelFile } from '../inference/inferenceHost.ts';

/** Answers prompts in the inference process, the embedding sent along each time: until the decoding process is there. */
export const interimDecoderHost = (inference: InferenceHost): DecoderHost => {
  const held = new Map<string, { readonly decoder: ModelFile; readonly file: string }>();
  return {
    hold: async (key, decoder, file) => {
      held.set(key, { decoder, file });
      return { heldBytes: 0, droppedKeys: [] };
    },
    isHeld: (key) => held.has(key),
    drop: (key) => void held.delete(key),
    setMaxHeldBytes: () => undefined,
    decode: async (key, feeds, fetches, options) => {
      const known = held.get(key);
      const embedding = known === undefined ? null : readEmbedding(await readFile(known.file));
      if (known === undefined || embedding === null) throw new ExpectedError('not_found', 'That photo is not held.');
      const all = [...embedding.tensors, ...feeds].map(({ name, dims, data }) => ({ name, tensor: { type: 'float32' as const, dims, data } }));
      const { outputs, inferenceMs } = await inference.run({ model: known.decoder, feeds: all, fetches }, { signal: options?.signal, priority: 'now' });
      return { inferenceMs, outputs: outputs.map(({ dims, data }, index) => ({ name: fetches[index] as string, dims: [...dims], data: data as Float32Array<ArrayBuffer> })) };
    },
    dispose: async () => undefined,
  };
};
