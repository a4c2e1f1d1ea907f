import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { readEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { BytesCache } from './bytesCache.ts';
import type { DecoderSource, NamedTensor } from './promptDecoderProtocol.ts';
import { openPromptRuntime, type PromptRuntime } from './promptRuntime.ts';

/** Some fifteen photos of SAM 2, sixty of MobileSAM; what is fetched again comes from the core's disk in some tens of milliseconds. */
const embeddingsLimitBytes = 256 * 2 ** 20;
/** A person compares two models at most; each holds some tens of megabytes. */
const maxSessions = 2;

interface HeldEmbedding {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly bytes: number;
}

const fetchBytes = async (url: string, what: string): Promise<Uint8Array> => {
  const response = await fetch(url);
  if (response.status === 404) throw new ExpectedError('not_found', `${what} is not there any more.`);
  if (!response.ok) throw new ExpectedError('inference_failed', `${what} could not be fetched (${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Decoders and embeddings that the window holds, least recently used let go. */
export class PromptSessions {
  #runtime: Promise<PromptRuntime> | null = null;
  /** By the decoder's digest, least recently used first. */
  readonly #sessions = new Map<string, Promise<InferenceSession>>();
  readonly #embeddings = new BytesCache<HeldEmbedding>(embeddingsLimitBytes, ({ bytes }) => bytes);

  get heldBytes(): number {
    return this.#embeddings.bytes;
  }

  /** A runtime that could not be started is tried again at the next ask. */
  runtime(): Promise<PromptRuntime> {
    this.#runtime ??= openPromptRuntime().catch((error: unknown) => {
      this.#runtime = null;
      throw error;
    });
    return this.#runtime;
  }

  /** @throws ExpectedError not_found, inference_failed; what the runtime says of a model that it can't load */
  async open(source: DecoderSource): Promise<{ readonly session: InferenceSession; readonly embedding: Readonly<Record<string, Tensor>> }> {
    const session = await this.#session(source);
    const embedding = this.#embeddings.get(source.key) ?? (await this.#fetchEmbedding(source));
    return { session, embedding: embedding.tensors };
  }

  async #session({ decoderSha256, decoderUrl }: DecoderSource): Promise<InferenceSession> {
    const known = this.#sessions.get(decoderSha256);
    if (known !== undefined) {
      this.#sessions.delete(decoderSha256);
      this.#sessions.set(decoderSha256, known);
      return known;
    }
    while (this.#sessions.size >= maxSessions) await this.#dropOldest();
    const opened = this.runtime().then(async (runtime) => runtime.load(await fetchBytes(decoderUrl, 'The decoder of this model')));
    this.#sessions.set(decoderSha256, opened);
    try {
      return await opened;
    } catch (error) {
      this.#sessions.delete(decoderSha256);
      throw error;
    }
  }

  async #dropOldest(): Promise<void> {
    const oldest = this.#sessions.entries().next().value;
    if (oldest === undefined) return;
    this.#sessions.delete(oldest[0]);
    await (await oldest[1]).release();
  }

  async #fetchEmbedding({ key, embeddingUrl }: DecoderSource): Promise<HeldEmbedding> {
    const { Tensor } = await this.runtime();
    const file = readEmbedding(await fetchBytes(embeddingUrl, 'What was read of this picture'));
    if (file === null || file.header.key !== key) throw new ExpectedError('not_found', 'What was read of this picture is damaged.');
    const tensorOf = ({ dims, data }: NamedTensor): Tensor => new Tensor('float32', data, dims);
    const held = { tensors: Object.fromEntries(file.tensors.map((tensor) => [tensor.name, tensorOf(tensor)])), bytes: file.values.byteLength };
    this.#embeddings.set(key, held);
    return held;
  }
}
