import { crc32 } from 'node:zlib';
import { decoderUrl, embeddingUrl } from '../../../shared/contracts/http/routes.ts';
import type { DecodedPrompt, PreparedEmbedding, PrepareProgress } from '../../../shared/contracts/rpc/prompts.ts';
import type { ModelId, Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError, isExpected, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { EmbeddingCache } from '../../../shared/ports/embeddingCache.ts';
import { sizeIn, type ImageCodec, type MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { PromptDecoding } from '../../../shared/ports/promptDecoding.ts';
import type { PromptEncoder } from '../../../shared/ports/promptEncoder.ts';
import { decoderFeeds, decoderFetches } from '../../../shared/prompts/decoderFeeds.ts';
import { writeEmbedding } from '../../../shared/prompts/embeddingFile.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import { hasNothing, type Prompt } from '../../../shared/prompts/prompt.ts';
import { answerInChain, type PromptChain } from '../../../shared/prompts/promptChain.ts';
import { readCandidates } from '../../../shared/prompts/readCandidates.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { Logger } from '../../base/logger.ts';
import { LooseEmbeddings } from './looseEmbeddings.ts';
import { SharedJobs } from './sharedJobs.ts';

export interface EmbeddingsParts {
  /** @throws ExpectedError model_unknown */
  readonly encoderOf: (modelId: ModelId) => Promise<PromptEncoder>;
  readonly decoding: PromptDecoding;
  readonly cache: EmbeddingCache;
  readonly codec: Pick<ImageCodec, 'probe'>;
  readonly orientation: MaskOrientation;
  /** How much memory embeddings may take that could not be kept on disk. */
  readonly looseBytes: () => number;
  readonly logger: Logger;
}

export interface PrepareOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Exclude<PrepareProgress, { readonly kind: 'ready' }>) => void) | undefined;
  /** Default now: a person waits. */
  readonly priority?: 'now' | 'idle' | undefined;
  /** Whether the decoding process is to hold it; default true. */
  readonly hold?: boolean | undefined;
}

export interface DecodeOptions {
  /** Default none: the prompt as it is. */
  readonly chain?: PromptChain | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the work on one embedding came to. Without a file it is among the loose ones. */
interface Made {
  readonly file: string | null;
  readonly encodeMs: number | null;
}

type Described = Omit<PreparedEmbedding, 'isHeldNative' | 'wasCached' | 'encodeMs'>;

/** Remembered by key, so that a prompt can come with nothing but that; some hundred bytes each. */
const mostRemembered = 10_000;

/**
 * From a photo's bytes to answers about it, without a store: for the desk, the command line and benchmarks alike. Each photo is encoded once a model,
 * for as long as the cache keeps it; the same photo asked for twice at a time is encoded once.
 */
export class Embeddings {
  readonly #parts: EmbeddingsParts;
  readonly #jobs = new SharedJobs<'encoding', Made>();
  readonly #loose: LooseEmbeddings;
  readonly #known = new Map<Sha256, Described>();
  #waiting = 0;

  constructor(parts: EmbeddingsParts) {
    this.#parts = parts;
    this.#loose = new LooseEmbeddings(parts.looseBytes);
  }

  /** Whether a person waits for an embedding. */
  get isWaitedFor(): boolean {
    return this.#waiting > 0;
  }

  /** Bytes of embeddings in this process's memory: of those alone that could not be kept on disk. */
  get heldBytes(): number {
    return this.#loose.bytes;
  }

  /**
   * Sees to it that a photo's embedding is on disk and, by default, held by the decoding process.
   * @throws ExpectedError model_unknown, model_missing, model_corrupt, image_unreadable, inference_failed, out_of_memory; CancelledError
   */
  async prepare(photo: Uint8Array, modelId: ModelId, options: PrepareOptions = {}): Promise<PreparedEmbedding> {
    const { signal, onProgress, priority = 'now', hold = true } = options;
    if (priority === 'now') this.#waiting++;
    try {
      onProgress?.({ kind: 'loading' });
      const encoder = await this.#parts.encoderOf(modelId);
      const described = await this.#describe(photo, encoder);
      const make = (): Promise<Made> =>
        this.#jobs.join(described.key, { signal, onStep: (kind) => onProgress?.({ kind, label: encoder.label }) }, (stop, tell) =>
          this.#make(photo, described, encoder, priority, stop, () => tell('encoding')),
        );
      let made = await make();
      if (hold && !(await this.#hold(described, made))) {
        made = await make();
        await this.#hold(described, made);
      }
      throwIfCancelled(signal);
      return { ...described, isHeldNative: this.#parts.decoding.isHeld(described.key), wasCached: made.encodeMs === null, encodeMs: made.encodeMs };
    } finally {
      if (priority === 'now') this.#waiting--;
    }
  }

  /**
   * Answers a prompt about a photo that was prepared; with `chain` point by point, each answer continuing from the one before it.
   * @throws ExpectedError not_found (prepare it again), invalid_input, model_missing, inference_failed; CancelledError
   */
  async decode(key: Sha256, prompt: Prompt, { chain = 'none', signal }: DecodeOptions = {}): Promise<DecodedPrompt> {
    if (hasNothing(prompt)) throw new ExpectedError('invalid_input', 'A prompt needs a point, a box or a mask.');
    const described = this.#known.get(key);
    if (described === undefined) throw new ExpectedError('not_found', 'That photo is not prepared here. Prepare it again.');
    const { family } = described;
    const frame = modelFrame(described);
    const fetches = decoderFetches(family);
    let decodeMs = 0;
    const { candidates } = await answerInChain({ frame, prompt, chain }, async (step) => {
      throwIfCancelled(signal);
      const { outputs, inferenceMs } = await this.#decode(described, { feeds: decoderFeeds(family, frame, step), fetches, signal });
      decodeMs += inferenceMs;
      return { candidates: readCandidates(family, outputs) };
    });
    return { candidates, decodeMs };
  }

  /** The file of an embedding, for a decoder elsewhere. @throws ExpectedError not_found */
  async bytes(key: Sha256): Promise<Uint8Array> {
    const loose = this.#loose.get(key);
    const bytes = loose === null ? await this.#parts.cache.read(key) : writeEmbedding(key, loose, crc32);
    if (bytes === null) throw new ExpectedError('not_found', 'That photo is not prepared any more. Prepare it again.');
    return bytes;
  }

  async #describe(photo: Uint8Array, encoder: PromptEncoder): Promise<Described> {
    const { codec, orientation } = this.#parts;
    const { widthPx, heightPx } = sizeIn(await codec.probe(photo), orientation);
    const { modelId, weightsSha256, decoderSha256, family, fit, sidePx } = encoder;
    const key = sha256Hex(`${sha256Hex(photo)}\n${orientation}\n${encoder.version}`);
    const described: Described = {
      key,
      modelId,
      weightsSha256,
      decoderSha256,
      family,
      fit,
      sidePx,
      imageWidthPx: widthPx,
      imageHeightPx: heightPx,
      embeddingUrl: embeddingUrl(key),
      decoderUrl: decoderUrl(modelId, decoderSha256),
    };
    this.#known.delete(key);
    this.#known.set(key, described);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > mostRemembered && oldest !== undefined) this.#known.delete(oldest);
    return described;
  }

  async #make(photo: Uint8Array, { key, imageWidthPx, imageHeightPx }: Described, encoder: PromptEncoder, priority: 'now' | 'idle', signal: AbortSignal, onEncoding: () => void): Promise<Made> {
    const { cache, orientation } = this.#parts;
    const found = await cache.find(key);
    if (found !== null) return { file: found, encodeMs: null };
    if (this.#loose.get(key) !== null) return { file: null, encodeMs: null };
    throwIfCancelled(signal);
    onEncoding();
    const { tensors, encodeMs } = await encoder.encode(photo, { widthPx: imageWidthPx, heightPx: imageHeightPx }, { orientation, priority, signal });
    const file = await cache.put(key, tensors);
    if (file === null) this.#loose.keep(key, tensors);
    else this.#loose.drop(key);
    return { file, encodeMs };
  }

  /** @returns false where the file has gone or is damaged: it is to be made again */
  async #hold({ key, modelId }: Described, { file }: Made): Promise<boolean> {
    if (file === null) return true;
    try {
      await this.#parts.decoding.hold(key, modelId, file);
    } catch (error) {
      if (isExpected(error, 'file_unreadable')) return false;
      if (!isExpected(error, 'out_of_memory') && !isExpected(error, 'inference_crashed')) throw error;
      // The window's own decoder, or the next prompt's try, can still answer.
      this.#parts.logger.warn({ err: error, modelId }, 'the decoding process does not hold an embedding');
    }
    return true;
  }

  async #decode({ key, modelId }: Described, inputs: Parameters<PromptDecoding['decode']>[1]): ReturnType<PromptDecoding['decode']> {
    const { decoding, cache } = this.#parts;
    const loose = this.#loose.get(key);
    if (loose !== null) return decoding.decodeLoose(modelId, loose, inputs);
    if (decoding.isHeld(key)) {
      try {
        return await decoding.decode(key, inputs);
      } catch (error) {
        // Dropped meanwhile, or its process died: it is held again.
        if (!isExpected(error, 'not_found')) throw error;
      }
    }
    const file = await cache.find(key);
    if (file === null) throw new ExpectedError('not_found', 'That photo is not prepared any more. Prepare it again.');
    await decoding.hold(key, modelId, file);
    return decoding.decode(key, inputs);
  }
}
