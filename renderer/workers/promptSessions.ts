import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { fitEmbedding, type DecoderSignature, type SlotTensor } from '../../shared/prompts/decoderSignature.ts';
import { readEmbedding } from '../../shared/prompts/embeddingFile.ts';
import { BytesCache } from './bytesCache.ts';
import type { DecoderSource } from './promptDecoderProtocol.ts';
import { openPromptRuntime, type PromptRuntime } from './promptRuntime.ts';
import { signatureOf, tensorsOf } from './promptTensors.ts';

/** Some fifteen photos of SAM 2, sixty of MobileSAM; what is fetched again comes from the core's disk in some tens of milliseconds. */
const embeddingsLimitBytes = 256 * 2 ** 20;
/** A person compares two models at most; each holds some tens of megabytes. */
const maxSessions = 2;

interface HeldEmbedding {
  /** As the decoder takes them, for the model's square: see fitPrompt. */
  readonly tensors: readonly SlotTensor[];
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly bytes: number;
}

/** A loaded decoder with a photo before it. */
export interface OpenedDecoder {
  readonly session: InferenceSession;
  readonly signature: DecoderSignature;
  readonly embedding: HeldEmbedding;
}

const fetchBytes = async (url: string, what: string): Promise<Uint8Array> => {
  const response = await fetch(url);
  if (response.status === 404) throw new ExpectedError('not_found', `${what} is not there any more.`);
  if (!response.ok) throw new ExpectedError('inference_failed', `${what} could not be fetched (${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Another decoder may want the same embedding by other names. */
const heldName = ({ key, decoderSha256 }: DecoderSource): string => `${key} ${decoderSha256}`;

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
  async open(source: DecoderSource): Promise<OpenedDecoder> {
    const session = await this.#session(source);
    const signature = signatureOf(session);
    return { session, signature, embedding: this.#embeddings.get(heldName(source)) ?? (await this.#fetchEmbedding(source, signature)) };
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

  async #fetchEmbedding(source: DecoderSource, signature: DecoderSignature): Promise<HeldEmbedding> {
    const { Tensor } = await this.runtime();
    const file = readEmbedding(await fetchBytes(source.embeddingUrl, 'What was read of this picture'));
    if (file === null || file.header.key !== source.key) throw new ExpectedError('not_found', 'What was read of this picture is damaged.');
    const tensors = fitEmbedding(signature, file.tensors);
    const held = { tensors, inputs: tensorsOf(tensors, Tensor), bytes: file.values.byteLength };
    this.#embeddings.set(heldName(source), held);
    return held;
  }
}
