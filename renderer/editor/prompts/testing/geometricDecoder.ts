import type { PreparedEmbedding } from '../../../../shared/contracts/rpc/prompts.ts';
import { asId } from '../../../../shared/domain/ids.ts';
import { CancelledError } from '../../../../shared/errors/errors.ts';
import { modelFrame } from '../../../../shared/prompts/modelFrame.ts';
import { hasNothing, logitsSidePx, type Candidate, type Prompt } from '../../../../shared/prompts/prompt.ts';
import { firstCandidate } from '../../../../shared/prompts/readCandidates.ts';
import type { DecodeOptions, PromptDecoder } from '../decoder.ts';
import type { PromptPorts } from '../promptPorts.ts';

/** Radii of the three candidates, in imagePx, and what it thinks of them. */
export const candidateRadii = [6, 12, 20] as const;
const predictedIous = [0.7, 0.9, 0.8];

export const embeddingOf = (assetKey: string, imageWidthPx: number, imageHeightPx: number): PreparedEmbedding => ({
  key: asId(assetKey.padEnd(64, '0')),
  modelId: asId('geometric'),
  weightsSha256: asId('e'.repeat(64)),
  decoderSha256: asId('d'.repeat(64)),
  family: 'sam',
  fit: 'stretch',
  sidePx: 256,
  imageWidthPx,
  imageHeightPx,
  isHeldNative: true,
  embeddingUrl: '/none',
  decoderUrl: '/none',
  wasCached: true,
  encodeMs: null,
});

/**
 * Answers as a model of plain geometry: a disc around each point to keep, the box, and the mask that was given, without a disc around each point to
 * leave out. It keeps the decoder's contract: empty prompts are refused, aborted and replaced asks are cancelled.
 */
export class GeometricDecoder implements PromptDecoder {
  /** Prompts that were answered, in order. */
  readonly answered: Prompt[] = [];
  /** Answers wait until it is false. */
  isHeld = false;
  /** The candidate to show has come, the others wait until it is false. */
  areOthersHeld = false;
  decodeMs = 5;
  /** Single cells of the grid that fall to the other side by a hair, as a texture makes them. */
  specks: readonly (readonly [x: number, y: number])[] = [];
  /** Thrown instead of the next answer that the mask is made of, and of previews before it. */
  failure: Error | null = null;
  readonly #newest = new Map<number, number>();
  #count = 0;

  /** How often it was asked, answered or not. */
  get asked(): number {
    return this.#count;
  }

  async decode(embedding: PreparedEmbedding, prompt: Prompt, { signal, lane, onFirst }: DecodeOptions = {}) {
    if (hasNothing(prompt)) throw new RangeError('an empty prompt');
    const number = ++this.#count;
    if (lane !== undefined) this.#newest.set(lane, number);
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (this.isHeld);
    if (signal?.aborted === true || (lane !== undefined && this.#newest.get(lane) !== number)) throw new CancelledError('Another one was asked for');
    const { failure } = this;
    if (lane === undefined) this.failure = null;
    if (failure !== null) throw failure;
    this.answered.push(prompt);
    const candidates = candidateRadii.map((radius, index) => this.#candidate(embedding, prompt, radius, predictedIous[index] as number));
    onFirst?.(candidates[firstCandidate(candidates, modelFrame(embedding), prompt.points)] as Candidate);
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (this.areOthersHeld);
    return { candidates, decodeMs: this.decodeMs, backend: 'native' as const };
  }

  #candidate(embedding: PreparedEmbedding, { points, box, mask }: Prompt, radius: number, predictedIou: number): Candidate {
    const frame = modelFrame(embedding);
    const logits = new Float32Array(logitsSidePx * logitsSidePx);
    for (let at = 0; at < logits.length; at++) {
      const x = ((at % logitsSidePx) + 0.5) / frame.logitsScaleX;
      const y = (Math.floor(at / logitsSidePx) + 0.5) / frame.logitsScaleY;
      let value = mask?.logits[at] ?? -100;
      if (box !== null) value = Math.max(value, Math.min(x - box.x0ImagePx, box.x1ImagePx - x, y - box.y0ImagePx, box.y1ImagePx - y));
      for (const { xImagePx, yImagePx, label } of points) {
        const inside = radius - Math.hypot(x - xImagePx, y - yImagePx);
        value = label === 1 ? Math.max(value, inside) : Math.min(value, -inside);
      }
      logits[at] = value;
    }
    for (const [x, y] of this.specks) logits[y * logitsSidePx + x] = (logits[y * logitsSidePx + x] as number) > 0 ? -0.1 : 0.1;
    return { widthPx: 256, heightPx: 256, logits, predictedIou };
  }
}

/** Photos of one size, prepared when `release` is called, or at once. */
export class GeometricPorts implements PromptPorts {
  readonly decoder = new GeometricDecoder();
  prepared = 0;
  isHeld = false;
  failure: Error | null = null;
  readonly #widthPx: number;
  readonly #heightPx: number;

  constructor(widthPx: number, heightPx: number) {
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
  }

  async prepare(assetKey: string, { signal, onProgress }: Parameters<PromptPorts['prepare']>[1]): Promise<PreparedEmbedding> {
    onProgress('Reading the picture');
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (this.isHeld && !signal.aborted);
    if (signal.aborted) throw new CancelledError('Not wanted any more');
    if (this.failure !== null) throw this.failure;
    this.prepared++;
    return embeddingOf(assetKey, this.#widthPx, this.#heightPx);
  }
}
