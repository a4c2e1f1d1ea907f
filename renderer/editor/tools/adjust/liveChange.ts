import type { TileState } from '../../../../shared/edits/tileState.ts';
import { CancelledError, isCancelled } from '../../../../shared/errors/errors.ts';
import type { Editor } from '../../types.ts';
import type { WorkInHand } from '../../worksInHand.ts';

/** What a change gives to show; null: the mask as it is. */
export interface LiveResult {
  readonly mask: TileState | null;
}

export interface LiveChangeParts<Settings, Result extends LiveResult> {
  readonly editor: Editor;
  /** From the mask as it was when the change began. Cancelled when it is no longer wanted. */
  readonly compute: (base: TileState, settings: Settings, signal: AbortSignal) => Promise<Result>;
  /** A result is on screen now, or work on the next one has begun (result: the one on screen still). */
  readonly onShown: (result: Result | null, isWorking: boolean) => void;
  /** It is over, whoever ended it: kept or taken back. Called once. */
  readonly onEnded: () => void;
  readonly onFailed: (error: unknown) => void;
  /** Shows a result; default: proposes its mask. */
  readonly show?: (result: Result) => void;
}

/**
 * A change of the whole mask that is shown while its sliders move and is one history item when it is applied. One computation at a time: what was
 * asked for meanwhile comes next, only the newest of it, so that every result that is ready is seen and none waits behind another. Painting, another
 * tool and leaving the item keep what is on screen (the proposal's rules); Esc and undo take it back.
 */
export class LiveChange<Settings, Result extends LiveResult> implements WorkInHand {
  readonly #parts: LiveChangeParts<Settings, Result>;
  readonly #base: TileState;
  readonly #assetKey: string | null;
  readonly #abort = new AbortController();
  readonly #endListening: (() => void)[];
  #wanted: { readonly settings: Settings } | null = null;
  #work: Promise<void> | null = null;
  #shown: Result | null = null;
  #isMine = false;
  #isOpen = true;

  /** @throws BugError when nothing is loaded */
  constructor(parts: LiveChangeParts<Settings, Result>) {
    this.#parts = parts;
    const { editor } = parts;
    editor.accept();
    if (editor.document === null) throw new CancelledError('There is no picture to change');
    this.#base = editor.document.state;
    this.#assetKey = editor.assetKey;
    this.#propose(() => editor.propose(null));
    this.#endListening = [
      editor.follow(this),
      // What somebody else shows, paints or takes back has ended this.
      editor.subscribe(({ kind }) => {
        if (kind === 'pixels' || kind === 'committed' || kind === 'loaded') this.#look(true);
      }),
      editor.status.subscribe(() => this.#look(false)),
    ];
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The mask that it began with. */
  get base(): TileState {
    return this.#base;
  }

  set(settings: Settings): void {
    if (!this.#isOpen) return;
    this.#wanted = { settings };
    this.#work ??= this.#run();
  }

  /** Keeps it, with the newest settings: what is still being computed is awaited. @returns whether anything changed */
  async apply(): Promise<boolean> {
    await this.#work;
    if (!this.#isOpen) return false;
    return this.#end(() => this.#parts.editor.accept());
  }

  cancel(): boolean {
    if (!this.#isOpen) return false;
    this.#end(() => this.#parts.editor.drop());
    return true;
  }

  /** The newest settings are not on screen yet. */
  get isPending(): boolean {
    return this.#isOpen && this.#work !== null;
  }

  /** Resolves when they are; it stays open. */
  async settled(): Promise<void> {
    while (this.isPending) await this.#work;
  }

  /** Another item or another mask: it ends, and nothing of it is to be taken back there. */
  abandon(): void {
    if (this.#isOpen) this.#end(() => undefined);
  }

  async #run(): Promise<void> {
    try {
      while (this.#wanted !== null && this.#isOpen) {
        const { settings } = this.#wanted;
        this.#wanted = null;
        this.#parts.onShown(this.#shown, true);
        const result = await this.#parts.compute(this.#base, settings, this.#abort.signal);
        if (!this.#isStillOurs()) return;
        this.#propose(() => (this.#parts.show ?? (({ mask }) => this.#parts.editor.propose(mask === null ? null : { tiles: mask })))(result));
        this.#shown = result;
        this.#parts.onShown(result, this.#wanted !== null);
      }
    } catch (error) {
      if (!this.#isOpen) return;
      if (!isCancelled(error)) this.#parts.onFailed(error);
      this.#parts.onShown(this.#shown, false);
    } finally {
      this.#work = null;
    }
  }

  #propose(show: () => void): void {
    this.#isMine = true;
    try {
      show();
    } finally {
      this.#isMine = false;
    }
  }

  #isStillOurs(): boolean {
    const { editor } = this.#parts;
    if (this.#isOpen && (!editor.isProposing || editor.assetKey !== this.#assetKey)) this.#end(() => false);
    return this.#isOpen;
  }

  #look(isForeign: boolean): void {
    if (this.#isMine || !this.#isOpen) return;
    if (isForeign) this.#end(() => false);
    else this.#isStillOurs();
  }

  #end<Outcome>(how: () => Outcome): Outcome {
    this.#isOpen = false;
    this.#wanted = null;
    this.#abort.abort();
    for (const end of this.#endListening) end();
    const outcome = how();
    this.#parts.onEnded();
    return outcome;
  }
}
