import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DecodeTensor } from '../../../../shared/contracts/decoding/messages.ts';
import { fitEmbedding, fitFetches, fitPrompt, plainDims, type SlotTensor } from '../../../../shared/prompts/decoderSignature.ts';
import { readEmbedding } from '../../../../shared/prompts/embeddingFile.ts';
import type { SessionSpec } from '../../protocol.ts';
import { fromOrt, halfTensor, ortTensor } from '../ortTensor.ts';
import type { Sessions } from '../sessions.ts';
import { signatureOf } from '../signature.ts';
import { HeldEmbeddings, type HeldEmbedding } from './heldEmbeddings.ts';

export interface Decoded {
  readonly outputs: DecodeTensor[];
  readonly inferenceMs: number;
}

/** Nothing is held under the key. */
export class NotHeldError extends Error {
  override readonly name = 'NotHeldError';
}

/** The embedding's file is not there or not whole. */
export class EmbeddingFileError extends Error {
  override readonly name = 'EmbeddingFileError';
}

const tensorOf = ({ type, dims, data }: SlotTensor): Tensor => (type === 'float16' && data instanceof Float32Array ? halfTensor(data, dims) : ortTensor(data, dims));

/** A prompt of one point in the middle: the first run of a session allocates and is several times slower than the next ones. */
const warmingFeeds: readonly DecodeTensor[] = [
  { name: 'point_coords', dims: [1, 2, 2], data: Float32Array.of(512, 512, 0, 0) },
  { name: 'point_labels', dims: [1, 2], data: Float32Array.of(1, -1) },
  { name: 'has_mask_input', dims: [1], data: Float32Array.of(0) },
  { name: 'orig_im_size', dims: [2], data: Float32Array.of(1, 1) },
];

/** Answers prompts about embeddings that this process holds. One run at a time: ONNX Runtime computes on this thread. */
export class Decoder {
  readonly #sessions: Sessions;
  readonly #held = new HeldEmbeddings();
  /** Sessions that have run once. */
  readonly #warm = new WeakSet<InferenceSession>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /**
   * Reads an embedding, loads its decoder and warms it.
   * @throws EmbeddingFileError; ONNX Runtime's own when the decoder does not load; ExpectedError inference_failed where the two do not fit
   */
  async hold(key: string, spec: SessionSpec, file: string, maxHeldBytes: number): Promise<{ heldBytes: number; droppedKeys: string[]; executionProvider: string }> {
    const { session, executionProvider } = await this.#sessions.open(spec);
    const known = this.#held.get(key);
    if (known !== null && known.spec.modelPath === spec.modelPath) return { heldBytes: known.heldBytes, droppedKeys: this.#held.shrink(maxHeldBytes), executionProvider };
    const embedding = readEmbedding(
      await readFile(file).catch((error: unknown) => {
        throw new EmbeddingFileError(`the embedding can't be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }),
    );
    if (embedding === null) throw new EmbeddingFileError('the embedding is damaged');
    const signature = signatureOf(session);
    const tensors = fitEmbedding(signature, embedding.tensors);
    const held: HeldEmbedding = {
      spec,
      signature,
      tensors,
      inputs: Object.fromEntries(tensors.map((tensor) => [tensor.name, tensorOf(tensor)])),
      heldBytes: tensors.reduce((sum, { data }) => sum + data.byteLength, 0),
    };
    if (!this.#warm.has(session)) {
      await this.#run(session, held, warmingFeeds, session.outputNames.slice(0, 1));
      this.#warm.add(session);
    }
    return { heldBytes: held.heldBytes, droppedKeys: this.#held.put(key, held, maxHeldBytes), executionProvider };
  }

  drop(key: string): void {
    this.#held.drop(key);
  }

  dropAll(): void {
    this.#held.dropAll();
  }

  /** @throws NotHeldError; ExpectedError inference_failed where prompt and decoder do not fit; ONNX Runtime's own */
  async decode(key: string, feeds: readonly DecodeTensor[], fetches: readonly string[]): Promise<Decoded> {
    const held = this.#held.get(key);
    if (held === null) throw new NotHeldError(`nothing is held as ${key}`);
    const { session } = await this.#sessions.open(held.spec);
    const names = fitFetches(held.signature, fetches);
    const { answers, inferenceMs } = await this.#run(session, held, feeds, names);
    const outputs = fetches.map((fetch, index): DecodeTensor => {
      const { dims, data } = fromOrt(fetch, answers[names[index] as string] as Tensor);
      if (!(data instanceof Float32Array)) throw new Error(`output ${fetch} is not made of float32`);
      return { name: fetch, dims: [...plainDims(fetch, dims)], data };
    });
    return { outputs, inferenceMs };
  }

  async #run(session: InferenceSession, held: HeldEmbedding, feeds: readonly DecodeTensor[], names: readonly string[]) {
    const inputs: Record<string, Tensor> = { ...held.inputs };
    for (const tensor of fitPrompt(held.signature, feeds, held.tensors)) inputs[tensor.name] = tensorOf(tensor);
    const startedMs = performance.now();
    const answers = await session.run(inputs, names);
    return { answers, inferenceMs: performance.now() - startedMs };
  }
}
