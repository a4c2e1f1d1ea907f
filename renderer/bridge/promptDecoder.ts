import type { PreparedEmbedding } from '../../shared/contracts/rpc/prompts.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { decoderFeeds, decoderFetches } from '../../shared/prompts/decoderFeeds.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import { hasNothing, type Candidate, type Prompt } from '../../shared/prompts/prompt.ts';
import { readCandidates } from '../../shared/prompts/readCandidates.ts';
import type { DecoderSource, WindowExecution } from '../workers/promptDecoderProtocol.ts';
import { core } from './core.ts';
import { DecoderPort } from './decoderPort.ts';
import { WindowDecoder } from './wasmDecoder.ts';

/** One answer, and who gave it. */
export interface PromptAnswer {
  readonly candidates: readonly Candidate[];
  readonly decodeMs: number;
  readonly backend: 'native' | 'core' | WindowExecution;
}

let port: DecoderPort | null = null;
const windowDecoder = new WindowDecoder();

const decoderPort = (): DecoderPort => (port ??= new DecoderPort());

const sourceOf = ({ key, embeddingUrl, decoderSha256, decoderUrl }: PreparedEmbedding): DecoderSource => ({ key, embeddingUrl, decoderSha256, decoderUrl });

/** A view is sent with all the memory that it looks at: one of three candidates would bring the others along. */
const alone = (data: Float32Array): Float32Array<ArrayBuffer> => (data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength ? (data as Float32Array<ArrayBuffer>) : new Float32Array(data));

const feedsOf = (embedding: PreparedEmbedding, prompt: Prompt) => {
  if (hasNothing(prompt)) throw new RangeError('A prompt says something: a point, a box or a mask');
  return decoderFeeds(embedding.family, modelFrame(embedding), prompt).map(({ name, dims, data }) => ({ name, dims: [...dims], data: alone(data) }));
};

/** In the decoding process. @throws as DecoderPort.decode */
export const decodeNatively = async (embedding: PreparedEmbedding, prompt: Prompt, lane?: number): Promise<PromptAnswer> => {
  const fetches = decoderFetches(embedding.family);
  // That process fills in the mask that is none: see fitPrompt.
  const feeds = feedsOf(embedding, prompt).filter(({ name }) => name !== 'mask_input' || prompt.mask !== null);
  const { outputs, inferenceMs } = await decoderPort().decode(embedding.key, feeds, fetches, lane);
  return { candidates: readCandidates(embedding.family, outputs), decodeMs: inferenceMs, backend: 'native' };
};

/** In this window. @throws as WindowDecoder.decode */
export const decodeInWindow = async (embedding: PreparedEmbedding, prompt: Prompt): Promise<PromptAnswer> => {
  const { outputs, inferenceMs, execution } = await windowDecoder.decode(sourceOf(embedding), feedsOf(embedding, prompt), decoderFetches(embedding.family));
  return { candidates: readCandidates(embedding.family, outputs), decodeMs: inferenceMs, backend: execution };
};

/** By the core, which has the embedding held again where it was not. @throws ExpectedError not_found (prepare it again), inference_failed, offline */
export const decodeThroughCore = async (embedding: PreparedEmbedding, { points, box, mask }: Prompt): Promise<PromptAnswer> => {
  if (hasNothing({ points, box, mask })) throw new RangeError('A prompt says something: a point, a box or a mask');
  const { candidates, decodeMs } = await core().prompts.decode({
    key: embedding.key,
    prompt: { points: points.map((point) => ({ ...point })), box, mask: mask === null ? null : { widthPx: 256, heightPx: 256, logits: alone(mask.logits) } },
  });
  if (candidates.length === 0) throw new ExpectedError('inference_failed', 'The decoder gave no candidate.');
  return { candidates, decodeMs, backend: 'core' };
};

/** Connects ahead of the first click. */
export const connectDecoder = (): void => decoderPort().connect();

/** Has the window hold a photo's embedding and its decoder ahead of the first click. @throws as WindowDecoder.hold */
export const holdInWindow = (embedding: PreparedEmbedding): Promise<WindowExecution> => windowDecoder.hold(sourceOf(embedding));

/** The window's decoder is not wanted any more: its memory goes back. */
export const endWindowDecoder = (): void => windowDecoder.end();

/** Another core has another decoding process. */
export const dropDecoderPort = (): void => port?.drop();
