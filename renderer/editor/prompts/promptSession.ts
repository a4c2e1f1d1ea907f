import { CancelledError } from '../../../shared/errors/errors.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import type { Join } from '../../../shared/prompts/prompt.ts';
import { createPromptStatus, noPrompts, type PromptStatus } from '../../stores/prompts.ts';
import { neighbourOf } from './candidateOrder.ts';
import { HoverLine } from './hoverLine.ts';
import { hasSameWeights, replay } from './keptPrompts.ts';
import { LivePrompts } from './livePrompts.ts';
import { PendingPrompts } from './pendingPrompts.ts';
import { Preparation } from './preparation.ts';
import type { PreviewSlot } from './preview.ts';
import { PromptMaker } from './promptMaker.ts';
import type { PromptHost, PromptPorts } from './promptPorts.ts';
import { firstState, isBlank, withCandidate, withCleanCells, withFromMask, withJoin, type ImagePlace, type PromptState } from './promptState.ts';
import { statusOf } from './promptStatus.ts';
import { PromptTrail, type PromptEntry } from './promptTrail.ts';
import { ReplacedMask } from './replacedMask.ts';

/** Each session's asks replace its own alone. */
let lanes = 0;

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
  readonly #maker: PromptMaker;
  readonly #pending: PendingPrompts;
  readonly #live: LivePrompts;
  readonly #hover: HoverLine;
  readonly #hoverLane = ++lanes;
  readonly #replaced = new ReplacedMask();
  #trail: PromptTrail | null = null;
  #preparation: Preparation | null = null;

  /** @param preview where an answer is shown until the mask has its pixels */
  constructor(host: PromptHost, ports: PromptPorts, preview: PreviewSlot) {
    this.#preview = preview;
    this.#host = host;
    this.#ports = ports;
    this.#hover = new HoverLine(() => host.refresh());
    this.#maker = new PromptMaker(ports.decoder, host.raster, ({ decodeMs }) => this.#hover.note(decodeMs));
    const common = { maker: this.#maker, preview, preparation: () => this.#preparation, onChange: () => this.#tell() };
    this.#live = new LivePrompts({ ...common, lane: ++lanes, baseOf: (state) => this.#baseOf(state) });
    this.#pending = new PendingPrompts({ ...common, host, trail: () => this.#trail, isInHand: () => this.#live.state !== null });
  }

  /** What the handles show; null: there are none. */
  get state(): PromptState | null {
    const pending = this.#trail?.pending.at(-1)?.state;
    const entry = this.entry;
    return this.#live.state ?? pending ?? (entry?.isOpen === true ? entry.state : null);
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
    return this.#pending.isWorking;
  }

  /** Resolves when everything that was asked for is in the mask, or has failed. */
  settled(): Promise<void> {
    return this.#pending.settled();
  }

  /** What the next prompt is added to. @param options of a first one */
  next(options: { readonly join: Join; readonly fromMask: boolean; readonly cleanCells: number }): PromptState {
    const { state } = this;
    return state === null ? firstState(options.join, options.fromMask, options.cleanCells) : { ...state, begins: state === this.#live.state && state.begins };
  }

  /** Shows what these prompts would give, while they are in the hand. */
  live(state: PromptState): void {
    this.#live.hold(state);
    this.endHover();
    this.#tell();
  }

  dropLive(): void {
    if (this.#live.state === null) return;
    this.#live.release();
    this.#preview.set(null);
    this.#tell();
  }

  /** These are the prompts now; the mask follows. */
  settle(state: PromptState): void {
    const trail = this.#trail;
    if (trail === null) return;
    this.#live.release();
    this.endHover();
    trail.takenBack.length = 0;
    trail.pending.push({ state, base: state.begins && trail.pending.length === 0 ? this.#host.mask : null });
    this.#pending.begin();
    this.#tell();
  }

  /** Another candidate of the same answer. @returns whether there is one */
  cycle(direction: 1 | -1): boolean {
    const answer = this.entry?.answer ?? null;
    if (answer === null) return false;
    return this.choose(neighbourOf(answer.chosen, answer, direction));
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
    this.settle(withJoin(this.#withChosen(state), join));
    return true;
  }

  /** How small a speck is cleaned from the answer. @returns whether there are prompts that it applies to */
  setCleanCells(cleanCells: number): boolean {
    const { state } = this;
    if (state === null || state.cleanCells === cleanCells) return false;
    this.settle(withCleanCells(this.#withChosen(state), cleanCells));
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
      () => this.#pending.begin(),
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
    this.#pending.begin();
    this.#tell();
    return true;
  }

  /** Asks ahead for what a press would ask, and shows it faintly. Nothing is asked while another answer is wanted. */
  hover(state: PromptState): void {
    const [trail, preparation] = [this.#trail, this.#preparation];
    const embedding = preparation?.embedding ?? null;
    if (trail === null || preparation === null || embedding === null || this.#live.state !== null || trail.pending.length > 0 || !this.#hover.isQuick) return;
    const base = this.#baseOf(state);
    if (base !== null) this.#hover.ask({ state, embedding, answer: () => this.#maker.ask({ assetKey: preparation.assetKey, embedding }, state, base, { lane: this.#hoverLane }) });
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
   * @returns whether the same weights answer now: with others all of the mask counts as given, what was painted too; null: there is nothing to open them on
   * @throws as PromptPorts.prepare and PromptDecoder.decode; CancelledError when the item is left meanwhile
   */
  async reopenKept(record: PromptRecord, base: TileState): Promise<{ readonly hasSameWeights: boolean } | null> {
    const [trail, mask, step] = [this.#trail, this.#host.mask, this.#host.step];
    if (trail === null || this.#preparation === null || mask === null) return null;
    if (this.#preparation.embedding?.modelId !== record.modelId) {
      this.#preparation.cancel();
      this.#prepareWith(this.#preparation.assetKey, record.modelId);
    }
    const preparation = this.#preparation;
    const embedding = await preparation.prepare();
    const replayed = await replay(this.#maker, { assetKey: preparation.assetKey, embedding }, record, base, mask);
    if (this.#trail !== trail || this.#host.step !== step) throw new CancelledError('The mask has changed meanwhile');
    trail.push({ ...replayed, step });
    this.#tell();
    return { hasSameWeights: hasSameWeights(record, embedding) };
  }

  /** Of the pane's engine: another asset is in hand. @param kept from an earlier visit */
  enter(assetKey: string, kept: PromptTrail | null): void {
    this.#trail = kept ?? new PromptTrail();
    this.#prepareWith(assetKey, null);
    this.#maker.forgetLatest();
    this.#pending.begin();
    this.#tell();
  }

  /** Of the pane's engine: the asset is left. @returns what its next visit continues with */
  leave(): PromptTrail | null {
    const trail = this.#trail;
    this.#live.release();
    this.#trail = null;
    this.#preparation?.cancel();
    this.#preparation = null;
    this.#pending.abandon();
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

  /** Another mask was put in place of the one that the prompts gave: from here on they have made nothing of it. Undo brings them back. */
  replaced(): void {
    const { mask, step } = this.#host;
    if (this.#trail === null || mask === null || this.entry?.given === mask) return;
    this.#trail.pending.length = 0;
    this.#trail.push({ step, state: firstState('replace', false, 0), base: mask, given: mask, answer: null, isOpen: false });
    this.#tell();
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
    this.#pending.abandon();
    this.#preview.set(null);
    this.#tell();
  }

  /** Of the pane's engine: no stroke is being painted any more. */
  freed(): void {
    this.#pending.freed();
  }

  /** The same answer made into a mask in another way: its candidate stays. */
  #withChosen(state: PromptState): PromptState {
    const chosen = this.entry?.answer?.chosen;
    return { ...(chosen === undefined || this.isAnswering ? state : withCandidate(state, chosen)), begins: false };
  }

  #prepareWith(assetKey: string, modelId: ModelId | null): void {
    this.#preparation = new Preparation(assetKey, modelId, this.#ports, () => this.#tell());
  }

  /** What a preview joins: before the answer of what waits, the mask as it is. */
  #baseOf(state: PromptState): TileState | null {
    const { entry } = this;
    const isBeginning = state.begins || this.#trail?.pending.some((waiting) => waiting.state.begins) === true || entry === null;
    return isBeginning ? this.#host.mask : entry.base;
  }

  #tell(): void {
    if (this.#trail === null) return;
    const { state, entry } = this;
    this.#say(statusOf({ preparation: this.#preparation, state, entry, waiting: this.#trail.pending.length, replacesMask: this.#replaced.isToTell(entry), latest: this.#maker.latest }));
    this.#host.refresh();
  }

  /** Panels hear of what is new alone: a stroke or an undo without prompts renders none of them, and its frame stays short. */
  #say(next: PromptStatus): void {
    const now = this.status.getState();
    if (Object.entries(next).some(([name, value]) => now[name as keyof PromptStatus] !== value)) this.status.setState(next);
  }
}
