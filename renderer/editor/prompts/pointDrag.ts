import type { Modifiers } from '../types.ts';
import type { ToolContext, ToolPoint } from '../tools/tool.ts';
import { leastDragViewPx, pointAt } from './promptHandles.ts';
import { firstState, withoutPoint, withPoint, withPointAt, type ImagePlace, type PromptState } from './promptState.ts';

interface Drag {
  readonly index: number;
  readonly from: ToolPoint;
  readonly isNew: boolean;
  state: PromptState;
  hasMoved: boolean;
}

/** The points of the prompts under the hand: both prompt tools set, drag and remove them alike. */
export class PointDrag {
  readonly #context: ToolContext;
  #drag: Drag | null = null;
  #hovered = -1;
  /** Set or dragged last. */
  #touched = -1;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  get isDragging(): boolean {
    return this.#drag !== null;
  }

  get isOverPoint(): boolean {
    return this.#hovered !== -1;
  }

  /** The point that a key would remove; -1: none. */
  get active(): number {
    const count = this.#context.prompts.state?.points.length ?? 0;
    if (this.#drag !== null) return this.#drag.index;
    return this.#hovered !== -1 ? this.#hovered : this.#touched < count ? this.#touched : -1;
  }

  /** On a point: takes it, or removes it with Alt. @returns whether there was one */
  grab(at: ToolPoint, { alt }: Modifiers): boolean {
    const { prompts, scale } = this.#context;
    const { state } = prompts;
    const index = state === null ? -1 : pointAt(state, at, scale);
    if (state === null || index === -1) return false;
    if (alt) this.#remove(state, index);
    else this.#drag = { index, from: at, isNew: false, state: { ...state, begins: false }, hasMoved: false };
    return true;
  }

  /** The prompts that a press here would make, before the hand moves; null: none, as beside the photo. What hovers asks for them ahead of the press. */
  promptsAt(at: ToolPoint, { shift, alt }: Modifiers): PromptState | null {
    const { prompts, settings, document } = this.#context;
    if (document === null || !isOnPhoto(at, document)) return null;
    const { join, fromMask, cleanCells } = settings.options.point;
    // Shift: another object, joined with the mask as it is.
    const state = shift ? firstState(alt ? 'subtract' : 'add', false, cleanCells) : prompts.next({ join, fromMask, cleanCells });
    const label = alt && !shift ? 0 : 1;
    const isFirst = state.points.length === 0 && state.box === null;
    if (label === 0 && isFirst && document.state.tiles.every((tile) => tile.length === 1 && tile[0] === 0)) return null;
    // Nothing but what is to go: from the mask that is there.
    const begun = label === 0 && isFirst ? { ...state, fromMask: true } : state;
    return withPoint(begun, { xImagePx: at.xImagePx, yImagePx: at.yImagePx, label });
  }

  /** Sets one that the hand still holds. */
  place(at: ToolPoint, modifiers: Modifiers): void {
    const state = this.promptsAt(at, modifiers);
    if (state === null) return;
    this.#drag = { index: state.points.length - 1, from: at, isNew: true, state, hasMoved: true };
    this.#context.prompts.live(state);
  }

  move(to: ToolPoint | undefined): void {
    const drag = this.#drag;
    const { document, prompts } = this.#context;
    if (drag === null || to === undefined || document === null) return;
    const isUnsteady = Math.hypot(to.xViewPx - drag.from.xViewPx, to.yViewPx - drag.from.yViewPx) < leastDragViewPx;
    if (isUnsteady && (drag.isNew || !drag.hasMoved)) return;
    drag.hasMoved = true;
    drag.state = withPointAt(drag.state, drag.index, onPhoto(to, document));
    prompts.live(drag.state);
  }

  end(): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag === null) return;
    this.#touched = drag.index;
    if (drag.hasMoved) this.#context.prompts.settle(drag.state);
    else this.#context.refresh();
  }

  cancel(): void {
    if (this.#drag === null) return;
    this.#drag = null;
    this.#context.prompts.dropLive();
  }

  hover(at: ToolPoint): void {
    const { prompts, scale } = this.#context;
    const { state } = prompts;
    const index = state === null ? -1 : pointAt(state, at, scale);
    if (index === this.#hovered) return;
    this.#hovered = index;
    this.#context.refresh();
  }

  hoverEnd(): void {
    this.#hovered = -1;
    this.#context.prompts.endHover();
  }

  /** Delete. @returns whether there was a point that it means */
  removeActive(): boolean {
    const { state } = this.#context.prompts;
    if (state === null || this.active === -1) return false;
    this.#remove(state, this.active);
    return true;
  }

  #remove(state: PromptState, index: number): void {
    this.#hovered = -1;
    this.#touched = -1;
    this.#context.prompts.settle({ ...withoutPoint(state, index), begins: false });
  }
}

interface PhotoSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export const isOnPhoto = ({ xImagePx, yImagePx }: ImagePlace, { widthPx, heightPx }: PhotoSize): boolean =>
  xImagePx >= 0 && yImagePx >= 0 && xImagePx < widthPx && yImagePx < heightPx;

const onPhoto = ({ xImagePx, yImagePx }: ImagePlace, { widthPx, heightPx }: PhotoSize): ImagePlace => ({
  xImagePx: Math.min(widthPx, Math.max(0, xImagePx)),
  yImagePx: Math.min(heightPx, Math.max(0, yImagePx)),
});
