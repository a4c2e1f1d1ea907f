import { CancelledError, isExpected } from '../../../shared/errors/errors.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import type { Join } from '../../../shared/prompts/prompt.ts';
import { firstCandidate } from '../../../shared/prompts/readCandidates.ts';
import { createPromptStatus, noPrompts } from '../../stores/prompts.ts';
import type { DecodedCandidates } from './decoder.ts';
import { HoverLine } from './hoverLine.ts';
import { NewestOnly } from './newestOnly.ts';
import { Preparation } from './preparation.ts';
import type { PreviewSlot } from './preview.ts';
import { PromptAnswers } from './promptAnswers.ts';
import type { PromptHost, PromptPorts } from './promptPorts.ts';
import { firstState, isBlank, withCandidate, withFromMask, withJoin, withPoint, type ImagePlace, type PromptState } from './promptState.ts';
import { PromptTrail, type PendingPrompt, type PromptEntry, type TakenAnswer } from './promptTrail.ts';

/** Each session's asks replace its own alone. */
let lanes = 0;

/** A candidate by its rank: the model's own estimates, highest first; equals as the decoder gave them. */
export const byPredictedIou = (predictedIous: readonly number[]): readonly number[] =>
  predictedIous.map((_, index) => index).sort((a, b) => (predictedIous[b] as number) - (predictedIous[a] as number) || a - b);

/**
 * The prompts of one pane: what was clicked, what the model answered, and how that becomes the mask. Each change of the prompts is answered in order and
 * is one step of the history; a drag is shown as a preview until it is let go. Handles and undo go together: see PromptTrail. What a person painted
 * after an answer stays when the prompts change: where the mask differs from what the prompts gave last, it is left as it is.
 */
export class PromptSession {
  readonly status = createPromptStatus();
  readonly #preview: PreviewSlot;
  readonly #host: PromptHost;
  readonly #ports: PromptPorts;
  readonly #answers: PromptAnswers;
  readonly #lane = ++lanes;
  readonly #hoverLane = ++lanes;
  #trail: PromptTrail | null = null;
  #preparation: Preparation | null = null;
  /** In the hand: not asked for yet. */
  #live: PromptState | null = null;
  #working: Promise<void> | null = null;
  #resume: (() => void) | null = null;
  #latest: DecodedCandidates | null = null;
  readonly #liveAsks = new NewestOnly<PromptState>((state) => this.#showLive(state));
  readonly #hover: HoverLine;

  /** @param preview where an answer is shown until the mask has its pixels */
  constructor(host: PromptHost, ports: PromptPorts, preview: PreviewSlot) {
    this.#preview = preview;
    this.#host = host;
    this.#ports = ports;
    this.#hover = new HoverLine(() => host.refresh());
    this.#answers = new PromptAnswers(ports.decoder, host.raster);
  }

  /** What the handles show; null: there are none. */
  get state(): PromptState | null {
    const pending = this.#trail?.pending.at(-1)?.state;
    const entry = this.entry;
    return this.#live ?? pending ?? (entry?.isOpen === true ? entry.state : null);
  }

  /** The prompts that the mask in hand came from, open or put away. */
  get entry(): PromptEntry | null {
    return this.#trail?.at(this.#host.step) ?? null;
  }

  /** Where a click would draw the line, in imagePx; empty: nobody knows. */
  get outline(): readonly (readonly ImagePlace[])[] {
    return this.#hover.lines;
  }

  /** A click is being answered, or waits for the photo: the mask is not yet what was asked for. */
  get isAnswering(): boolean {
    return this.#working !== null;
  }

  /** Resolves when everything that was asked for is in the mask, or has failed. */
  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  /** What the next prompt is added to. @param options of a first one */
  next(options: { readonly join: Join; readonly fromMask: boolean }): PromptState {
    const { state } = this;
    return state === null ? firstState(options.join, options.fromMask) : { ...state, begins: state === this.#live && state.begins };
  }

  /** Shows what these prompts would give, while they are in the hand. */
  live(state: PromptState): void {
    this.#live = state;
    this.endHover();
    if (!isBlank(state)) this.#liveAsks.ask(state);
    this.#tell();
  }

  dropLive(): void {
    if (this.#live === null) return;
    this.#live = null;
    this.#liveAsks.clear();
    this.#preview.set(null);
    this.#tell();
  }

  /** These are the prompts now; the mask follows. */
  settle(state: PromptState): void {
    const trail = this.#trail;
    if (trail === null) return;
    this.#live = null;
    this.#liveAsks.clear();
    this.endHover();
    trail.takenBack.length = 0;
    trail.pending.push({ state, base: state.begins && trail.pending.length === 0 ? this.#host.mask : null });
    this.#work();
    this.#tell();
  }

  /** Another candidate of the same answer. @returns whether there is one */
  cycle(direction: 1 | -1): boolean {
    const answer = this.entry?.answer ?? null;
    if (answer === null) return false;
    const order = byPredictedIou(answer.predictedIous);
    return this.choose(order[(order.indexOf(answer.chosen) + direction + order.length) % order.length] as number);
  }

  /** A candidate by its place in the decoder's answer. @returns whether it is another one of the answer in the mask */
  choose(candidate: number): boolean {
    const { entry, state } = this;
    if (state === null || entry?.answer == null || this.isAnswering) return false;
    if (candidate === entry.answer.chosen || entry.answer.predictedIous[candidate] === undefined) return false;
    this.settle(withCandidate({ ...state, begins: false }, candidate));
    return true;
  }

  /** @returns whether there are prompts that it applies to */
  setJoin(join: Join): boolean {
    const { state } = this;
    if (state === null || state.join === join) return false;
    // The same candidate: only how it joins has changed.
    const chosen = this.entry?.answer?.chosen;
    const kept = chosen === undefined || this.isAnswering ? state : withCandidate(state, chosen);
    this.settle(withJoin({ ...kept, begins: false }, join));
    return true;
  }

  setFromMask(fromMask: boolean): boolean {
    const { state } = this;
    if (state === null || state.fromMask === fromMask) return false;
    this.settle(withFromMask({ ...state, begins: false }, fromMask));
    return true;
  }

  /** Has the photo read ahead of the first click. */
  prepare(): void {
    this.#preparation?.prepare().then(
      () => this.#work(),
      () => undefined,
    );
  }

  /** Another model answers from now on. */
  modelChanged(): void {
    const before = this.#preparation;
    if (before === null) return;
    const wasInUse = before.state.phase !== 'idle';
    before.cancel();
    this.#prepareWith(before.assetKey, null);
    this.#hover.forgetTimes();
    if (wasInUse) this.prepare();
    this.#tell();
  }

  /** Esc: what waits is not wanted, else the handles go. The mask stays. @returns whether there was anything */
  end(): boolean {
    const trail = this.#trail;
    if (trail === null) return false;
    const hadWaiting = trail.pending.length > 0;
    trail.pending.length = 0;
    trail.takenBack.length = 0;
    const wasPreparing = this.#preparation?.cancel() ?? false;
    this.#preview.set(null);
    const { entry } = this;
    const isClosing = !hadWaiting && !wasPreparing && entry?.isOpen === true;
    if (isClosing) trail.push({ ...entry, step: this.#host.step, isOpen: false });
    this.endHover();
    this.#tell();
    return hadWaiting || wasPreparing || isClosing;
  }

  /** Takes back what is not in the mask yet. @returns whether there was anything; else it is the history's turn */
  undo(): boolean {
    const taken = this.#trail?.pending.pop();
    if (taken === undefined) return false;
    this.#trail?.takenBack.push(taken);
    this.#preview.set(null);
    this.#tell();
    return true;
  }

  redo(): boolean {
    const again = this.#trail?.takenBack.pop();
    if (again === undefined) return false;
    this.#trail?.pending.push(again);
    this.#work();
    this.#tell();
    return true;
  }

  /** Shows faintly what a point here would give, when that is quick enough to follow the hand. */
  hover(at: ImagePlace, label: 0 | 1, options: { readonly join: Join; readonly fromMask: boolean }): void {
    const [trail, preparation] = [this.#trail, this.#preparation];
    const embedding = preparation?.embedding ?? null;
    if (trail === null || preparation === null || embedding === null || this.#live !== null || trail.pending.length > 0 || !this.#hover.isQuick) return;
    const before = this.next(options);
    if (label === 0 && isBlank(before) && !before.fromMask) return this.endHover();
    const state = withPoint(before, { ...at, label });
    const base = this.#baseOf(state);
    if (base !== null) this.#hover.ask({ state, embedding, answer: () => this.#ask(embedding, preparation.assetKey, state, base, this.#hoverLane) });
  }

  endHover(): void {
    this.#hover.end();
  }

  /** Handles that were put away are back. @returns whether there were any */
  reopen(): boolean {
    const { entry } = this;
    if (entry === null || entry.isOpen || isBlank(entry.state)) return false;
    this.#trail?.push({ ...entry, step: this.#host.step, isOpen: true });
    this.#tell();
    return true;
  }

  /**
   * Opens prompts that were kept with a mask. The model is asked once more what they gave, so that what was painted after them is known and stays.
   * @param base the mask that they were joined with
   * @throws as PromptPorts.prepare and PromptDecoder.decode; CancelledError when the item is left meanwhile
   */
  async reopenKept(record: PromptRecord, base: TileState): Promise<void> {
    const [trail, mask, step] = [this.#trail, this.#host.mask, this.#host.step];
    if (trail === null || this.#preparation === null || mask === null) return;
    if (this.#preparation.embedding?.modelId !== record.modelId) {
      this.#preparation.cancel();
      this.#prepareWith(this.#preparation.assetKey, record.modelId);
    }
    const preparation = this.#preparation;
    const { points, box, fromMask, join, candidate } = record;
    const state: PromptState = { points, box, fromMask, join, candidate, begins: false };
    const embedding = await preparation.prepare();
    const answer = await this.#ask(embedding, preparation.assetKey, state, base);
    const chosen = Math.min(candidate, answer.candidates.length - 1);
    const { given } = await this.#maskOf(embedding, preparation.assetKey, state, answer.candidates[chosen]?.logits ?? null, base, null);
    if (this.#trail !== trail || this.#host.step !== step) throw new CancelledError('The mask has changed meanwhile');
    // Other weights answer otherwise: of what is in the mask nobody can tell any more what was painted.
    const isSame = embedding.weightsSha256 === record.weightsSha256 && embedding.decoderSha256 === record.decoderSha256;
    trail.push({ step, state, base, given: isSame ? given : mask, answer: this.#taken(embedding, answer, chosen), isOpen: true });
    this.#tell();
  }

  /** Of the pane's engine: another asset is in hand. @param kept from an earlier visit */
  enter(assetKey: string, kept: PromptTrail | null): void {
    this.#trail = kept ?? new PromptTrail();
    this.#prepareWith(assetKey, null);
    this.#latest = null;
    this.#work();
    this.#tell();
  }

  /** Of the pane's engine: the asset is left. @returns what its next visit continues with */
  leave(): PromptTrail | null {
    const trail = this.#trail;
    this.#live = null;
    this.#trail = null;
    this.#preparation?.cancel();
    this.#preparation = null;
    this.#working = null;
    this.#resume?.();
    this.endHover();
    this.#preview.set(null);
    this.status.setState(noPrompts);
    return trail === null || trail.isEmpty ? null : trail;
  }

  /** Of the pane's engine: history goes on with a new step. */
  painted(step: number): void {
    this.#trail?.cut(step);
    if (this.#trail !== null) this.#trail.takenBack.length = 0;
  }

  /** Of the pane's engine: the mask has changed, by a stroke, undo or redo. */
  stepped(): void {
    this.endHover();
    this.#tell();
  }

  /** Of the pane's engine: the history begins anew. */
  forgotten(): void {
    if (this.#trail === null) return;
    this.#trail = new PromptTrail();
    this.#working = null;
    this.#preview.set(null);
    this.#tell();
  }

  /** Of the pane's engine: no stroke is being painted any more. */
  freed(): void {
    this.#resume?.();
  }

  #prepareWith(assetKey: string, modelId: ModelId | null): void {
    this.#preparation = new Preparation(assetKey, modelId, this.#ports, () => this.#tell());
  }

  #work(): void {
    const trail = this.#trail;
    if (this.#working !== null || trail === null || trail.pending.length === 0) return;
    const working = this.#answerAll(trail).finally(() => {
      if (this.#working !== working) return;
      this.#working = null;
      if (this.#trail === trail) this.#tell();
    });
    this.#working = working;
  }

  async #answerAll(trail: PromptTrail): Promise<void> {
    let wasLost = false;
    while (this.#trail === trail && trail.pending.length > 0 && this.#preparation !== null) {
      const preparation: Preparation = this.#preparation;
      const pending = trail.pending[0] as PendingPrompt;
      let embedding: PreparedEmbedding;
      try {
        embedding = await preparation.prepare();
      } catch {
        if (this.#trail === trail && this.#preparation !== preparation) continue;
        // The pane says why, and offers what helps; the clicks wait for that.
        return;
      }
      try {
        await this.#answer(trail, preparation.assetKey, embedding, pending);
      } catch (error) {
        if (this.#trail !== trail || trail.pending[0] !== pending) continue;
        // What the decoder held is gone, as after a crash: once more from the photo.
        if (isExpected(error, 'not_found') && !wasLost) {
          wasLost = true;
          preparation.forget();
          continue;
        }
        trail.pending.shift();
        const following = trail.pending[0];
        if (following !== undefined && pending.state.begins) trail.pending[0] = { ...following, state: { ...following.state, begins: true } };
        this.#preview.set(null);
        if (!(error instanceof CancelledError)) this.#host.fail(error);
      }
    }
  }

  /** Brings one change of the prompts into the mask. Returns without it when something else has happened: the caller looks again. */
  async #answer(trail: PromptTrail, assetKey: string, embedding: PreparedEmbedding, pending: PendingPrompt): Promise<void> {
    const { state } = pending;
    const isWanted = (): boolean => this.#trail === trail && trail.pending[0] === pending;
    await this.#untilFree();
    this.#host.accept();
    const mask = this.#host.mask;
    if (!isWanted() || mask === null) return;
    const before = this.entry;
    const begun = pending.base ?? mask;
    const [base, last] = state.begins || before === null ? [begun, begun] : [before.base, before.given];
    const answer = isBlank(state) ? null : await this.#ask(embedding, assetKey, state, base);
    if (!isWanted()) return;
    const chosen = answer === null ? 0 : Math.min(state.candidate ?? firstCandidate(answer.candidates, modelFrame(embedding), state.points), answer.candidates.length - 1);
    const candidate = answer?.candidates[chosen] ?? null;
    if (candidate !== null && trail.pending.length === 1 && this.#live === null) {
      this.#preview.set({ frame: embedding, candidate, join: state.join, base });
    }
    const made = await this.#maskOf(embedding, assetKey, state, candidate?.logits ?? null, base, mask === last ? null : { given: last, now: mask });
    await this.#untilFree();
    this.#host.accept();
    // Painted or undone meanwhile: made again from what is there now.
    if (!isWanted() || this.#host.mask !== mask) return;
    trail.pending.shift();
    this.#host.replace(made.mask);
    trail.push({ step: this.#host.step, state, base, given: made.given, answer: answer === null ? null : this.#taken(embedding, answer, chosen), isOpen: !isBlank(state) });
    if (trail.pending.length === 0 && this.#live === null) this.#preview.set(null);
    this.#tell();
  }

  async #ask(embedding: PreparedEmbedding, assetKey: string, state: PromptState, base: TileState, lane?: number): Promise<DecodedCandidates> {
    const answer = await this.#answers.ask(assetKey, embedding, state, base, lane === undefined ? {} : { lane });
    if (answer !== this.#latest) {
      this.#latest = answer;
      this.#hover.note(answer.decodeMs);
    }
    return answer;
  }

  #maskOf(
    { fit, sidePx, imageWidthPx, imageHeightPx }: PreparedEmbedding,
    assetKey: string,
    { join }: PromptState,
    logits: Float32Array | null,
    base: TileState,
    painted: { readonly given: TileState; readonly now: TileState } | null,
  ) {
    return this.#host.raster.run('promptMask', { frame: { fit, sidePx, imageWidthPx, imageHeightPx }, logits, join, base, painted }, { assetKey });
  }

  #taken({ modelId, weightsSha256, decoderSha256 }: PreparedEmbedding, { candidates }: DecodedCandidates, chosen: number): TakenAnswer {
    return { modelId, weightsSha256, decoderSha256, predictedIous: candidates.map(({ predictedIou }) => predictedIou), chosen };
  }

  /** What a preview joins: before the answer of what waits, the mask as it is. */
  #baseOf(state: PromptState): TileState | null {
    const { entry } = this;
    const isBeginning = state.begins || this.#trail?.pending.some((waiting) => waiting.state.begins) === true || entry === null;
    return isBeginning ? this.#host.mask : entry.base;
  }

  async #showLive(state: PromptState): Promise<void> {
    const [preparation, base] = [this.#preparation, this.#baseOf(state)];
    if (preparation === null || base === null) return;
    try {
      // In this very turn where it can be: the decoder is asked before anything is rendered.
      const embedding = preparation.embedding ?? (await preparation.prepare());
      if (this.#live === null) return;
      const { candidates } = await this.#ask(embedding, preparation.assetKey, state, base, this.#lane);
      const candidate = candidates[firstCandidate(candidates, modelFrame(embedding), state.points)];
      if (this.#live === null || candidate === undefined) return;
      this.#preview.set({ frame: embedding, candidate, join: state.join, base });
      this.#tell();
    } catch {
      // It is asked again when the hand lets go, and fails there where it is told.
    }
  }

  async #untilFree(): Promise<void> {
    while (this.#host.isPainting) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resume = resolve;
      await promise;
      this.#resume = null;
    }
  }

  #tell(): void {
    if (this.#trail === null) return;
    const { state, entry } = this;
    const preparation = this.#preparation?.state;
    const keepPoints = state?.points.filter(({ label }) => label === 1).length ?? 0;
    this.status.setState({
      phase: preparation?.phase ?? 'idle',
      modelId: this.#preparation?.modelId ?? null,
      doing: preparation?.doing ?? null,
      sinceMs: preparation?.sinceMs ?? 0,
      problem: preparation?.problem ?? null,
      isOpen: state !== null && !isBlank(state),
      keepPoints,
      leavePoints: (state?.points.length ?? 0) - keepPoints,
      hasBox: (state?.box ?? null) !== null,
      fromMask: state?.fromMask ?? false,
      join: state?.join ?? null,
      waiting: this.#trail.pending.length,
      predictedIous: entry?.answer?.predictedIous ?? [],
      chosen: entry?.answer?.chosen ?? 0,
      decodeMs: this.#latest?.decodeMs ?? null,
      backend: this.#latest?.backend ?? null,
    });
    this.#host.refresh();
  }
}
