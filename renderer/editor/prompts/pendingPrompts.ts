import { shareTiles } from '../../../shared/edits/shareTiles.ts';
import { CancelledError, isExpected } from '../../../shared/errors/errors.ts';
import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { Candidate } from '../../../shared/prompts/prompt.ts';
import type { Preparation } from './preparation.ts';
import type { PreviewSlot } from './preview.ts';
import type { PromptPhoto } from './promptAnswers.ts';
import { cleanedCandidate, shownAnswer, takenAnswer, type PromptMaker } from './promptMaker.ts';
import type { PromptHost } from './promptPorts.ts';
import { isBlank } from './promptState.ts';
import type { PendingPrompt, PromptTrail } from './promptTrail.ts';

export interface PendingPromptsParts {
  readonly host: PromptHost;
  readonly maker: PromptMaker;
  readonly preview: PreviewSlot;
  /** Of the asset in hand. */
  readonly trail: () => PromptTrail | null;
  readonly preparation: () => Preparation | null;
  /** Whether the hand shows something of its own. */
  readonly isInHand: () => boolean;
  readonly onChange: () => void;
}

/** Brings the prompts that were settled on into the mask: in order, each a step of the history, never under a stroke that is being painted. */
export class PendingPrompts {
  readonly #parts: PendingPromptsParts;
  #working: Promise<void> | null = null;
  #resume: (() => void) | null = null;

  constructor(parts: PendingPromptsParts) {
    this.#parts = parts;
  }

  get isWorking(): boolean {
    return this.#working !== null;
  }

  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  /** Answers what is pending, unless that is being done. */
  begin(): void {
    const { trail: trailOf, onChange } = this.#parts;
    const trail = trailOf();
    if (this.#working !== null || trail === null || trail.pending.length === 0) return;
    const working = this.#answerAll(trail).finally(() => {
      if (this.#working !== working) return;
      this.#working = null;
      if (trailOf() === trail) onChange();
    });
    this.#working = working;
  }

  /** The trail that is being worked on is not in hand any more. */
  abandon(): void {
    this.#working = null;
    this.freed();
  }

  /** No stroke is being painted any more. */
  freed(): void {
    this.#resume?.();
  }

  async #answerAll(trail: PromptTrail): Promise<void> {
    const { host, preview, trail: trailOf, preparation: preparationOf } = this.#parts;
    let wasLost = false;
    while (trailOf() === trail && trail.pending.length > 0) {
      const preparation = preparationOf();
      if (preparation === null) return;
      const pending = trail.pending[0] as PendingPrompt;
      let embedding: PreparedEmbedding;
      try {
        embedding = await preparation.prepare();
      } catch {
        if (trailOf() === trail && preparationOf() !== preparation) continue;
        // The pane says why, and offers what helps; the clicks wait for that.
        return;
      }
      try {
        await this.#answer(trail, { assetKey: preparation.assetKey, embedding }, pending);
      } catch (error) {
        if (trailOf() !== trail || trail.pending[0] !== pending) continue;
        // What the decoder held is gone, as after a crash: once more from the photo.
        if (isExpected(error, 'not_found') && !wasLost) {
          wasLost = true;
          preparation.forget();
          continue;
        }
        trail.pending.shift();
        const following = trail.pending[0];
        if (following !== undefined && pending.state.begins) trail.pending[0] = { ...following, state: { ...following.state, begins: true } };
        preview.set(null);
        if (!(error instanceof CancelledError)) host.fail(error);
      }
    }
  }

  /** Brings one change of the prompts into the mask. Returns without it when something else has happened: the caller looks again. */
  async #answer(trail: PromptTrail, photo: PromptPhoto, pending: PendingPrompt): Promise<void> {
    const { host, maker, preview, isInHand, onChange } = this.#parts;
    const { state } = pending;
    const { embedding } = photo;
    const isWanted = (): boolean => this.#parts.trail() === trail && trail.pending[0] === pending;
    await this.#untilFree();
    host.accept();
    const mask = host.mask;
    if (!isWanted() || mask === null) return;
    const before = trail.at(host.step);
    const begun = pending.base ?? mask;
    const [base, last] = state.begins || before === null ? [begun, begun] : [before.base, before.given];
    const show = (candidate: Candidate): void => {
      if (isWanted() && trail.pending.length === 1 && !isInHand()) preview.show({ frame: embedding, candidate, join: state.join, base });
    };
    const answer = isBlank(state) ? null : await maker.ask(photo, state, base, state.candidate === null ? { onFirst: (first) => show(cleanedCandidate(state, first, embedding)) } : {});
    if (!isWanted()) return;
    const { chosen, candidate } = answer === null ? { chosen: 0, candidate: null } : shownAnswer(state, answer, embedding);
    if (candidate !== null) show(candidate);
    const made = await maker.maskOf(photo, state, candidate?.logits ?? null, base, mask === last ? null : { given: last, now: mask });
    await this.#untilFree();
    host.accept();
    // Painted or undone meanwhile: made again from what is there now.
    if (!isWanted() || host.mask !== mask) return;
    trail.pending.shift();
    const isUnpainted = made.given === made.mask;
    const result = shareTiles(made.mask, mask);
    host.replace(result);
    trail.push({ step: host.step, state, base, given: isUnpainted ? result : shareTiles(made.given, result), answer: answer === null ? null : takenAnswer(state, embedding, answer, chosen), isOpen: !isBlank(state) });
    if (trail.pending.length === 0 && !isInHand()) preview.set(null);
    onChange();
  }

  async #untilFree(): Promise<void> {
    while (this.#parts.host.isPainting) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resume = resolve;
      await promise;
      this.#resume = null;
    }
  }
}
