import type { PreparedEmbedding } from '../../shared/contracts/rpc/prompts.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { decoderFeeds, decoderFetches } from '../../shared/prompts/decoderFeeds.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import { hasNothing, type Candidate, type Prompt } from '../../shared/prompts/prompt.ts';
import { pointCells, readCandidates } from '../../shared/prompts/readCandidates.ts';
import type { DecoderSource, WindowExecution } from '../workers/promptDecoderProtocol.ts';
import { core } from './core.ts';
import { alone, DecoderPort, type AnswerOrigin, type FirstDecoded } from './decoderPort.ts';
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

/** Where logits came from, as long as somebody has them: a prompt that continues from them names that answer instead of sending 256 KB. */
const origins = new WeakMap<Float32Array, { readonly origin: AnswerOrigin; readonly candidate: number }>();

const feedsOf = (embedding: PreparedEmbedding, prompt: Prompt) => {
  if (hasNothing(prompt)) throw new RangeError('A prompt says something: a point, a box or a mask');
  return decoderFeeds(embedding.family, modelFrame(embedding), prompt).map(({ name, dims, data }) => ({ name, dims: [...dims], data }));
};

export interface NativeOptions {
  readonly lane?: number | undefined;
  /** Told of the candidate to show before the others are there, and how long the decoder took. */
  readonly onFirst?: ((candidate: Candidate, decodeMs: number) => void) | undefined;
}

const firstOf = ({ logits, predictedIou }: FirstDecoded): Candidate => ({ widthPx: 256, heightPx: 256, logits, predictedIou });

/** In the decoding process. @throws as DecoderPort.decode */
export const decodeNatively = async (embedding: PreparedEmbedding, prompt: Prompt, { lane, onFirst }: NativeOptions = {}): Promise<PromptAnswer> => {
  const { outputs, inferenceMs, first, origin } = await decoderPort().decode(embedding.key, {
    // That process fills in the mask that is none: see fitPrompt.
    feeds: feedsOf(embedding, prompt).filter(({ name }) => name !== 'mask_input' || prompt.mask !== null),
    fetches: decoderFetches(embedding.family),
    lane,
    continues: prompt.mask === null ? null : (origins.get(prompt.mask.logits) ?? null),
    cells: pointCells(modelFrame(embedding), prompt.points),
    onFirst: onFirst && ((answer) => onFirst(firstOf(answer), answer.inferenceMs)),
  });
  const candidates = readCandidates(embedding.family, outputs, first === null ? null : { index: first.candidate, logits: first.logits });
  for (const [candidate, { logits }] of candidates.entries()) origins.set(logits, { origin, candidate });
  return { candidates, decodeMs: inferenceMs, backend: 'native' };
};

/** In this window. @throws as WindowDecoder.decode */
export const decodeInWindow = async (embedding: PreparedEmbedding, prompt: Prompt): Promise<PromptAnswer> => {
  const { outputs, inferenceMs, execution } = await windowDecoder.decode(sourceOf(embedding), feedsOf(embedding, prompt).map((feed) => ({ ...feed, data: alone(feed.data) })), decoderFetches(embedding.family));
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
