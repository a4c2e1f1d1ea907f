import type { TileState } from '../../../shared/edits/tileState.ts';
import type { FrameSource } from '../../../shared/prompts/modelFrame.ts';
import type { Candidate, Join } from '../../../shared/prompts/prompt.ts';

/** An answer that is shown before its pixels are in the mask. */
export interface PromptPreview {
  /** Of the photo; a prepared embedding is one. */
  readonly frame: FrameSource;
  readonly candidate: Candidate;
  readonly join: Join;
  /** What the answer joins, of the image's size; null: the mask in hand. Keep the object from preview to preview: it is coloured once. */
  readonly base: TileState | null;
}

/**
 * The preview of one pane. The session sets it when an answer is there, and to null once the mask has the pixels; the canvas paints it in the
 * next frame instead of the mask. Setting it costs nothing.
 */
export class PreviewSlot {
  #current: PromptPreview | null = null;
  readonly #listeners = new Set<() => void>();

  get current(): PromptPreview | null {
    return this.#current;
  }

  set(preview: PromptPreview | null): void {
    if (preview === this.#current) return;
    this.#current = preview;
    for (const listener of [...this.#listeners]) listener();
  }

  /** As {@link set}, of an answer that may be shown already. */
  show(preview: PromptPreview): void {
    const { current } = this;
    const isShown = current?.candidate.logits === preview.candidate.logits && current.join === preview.join && current.base === preview.base && current.frame === preview.frame;
    if (!isShown) this.set(preview);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
