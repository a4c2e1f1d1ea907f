import type { MarkPoint, ToolMark } from '../tools/marks.ts';
import type { ToolContext, ToolKey } from '../tools/tool.ts';
import type { CursorHint, Modifiers } from '../types.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { noOutline, OutlineSteps, type KeptSteps, type Outline } from './outlineSteps.ts';
import { isBeside } from './places.ts';
import type { OutlineTarget } from './outlineTarget.ts';
import { VertexEditor } from './vertexEditor.ts';

/** An outline that is not closed, while its item is not on the desk. */
export interface HeldOutline {
  readonly steps: KeptSteps;
  /** Whether it was begun to take away. */
  readonly subtracts: boolean;
  /** Of a wire: how coarse a picture it was found on, pixels a cell. */
  readonly coarsestStepPx: number;
}

/**
 * One outline from its first point until it counts. While it is open nothing of the mask changes; closed, the mask follows it live as a proposal,
 * each change of it is a step of its own to undo, and the end of the editing makes one item of history of it all. An open one outlives other tools,
 * what they paint, and visits to other items: it joins the mask that is there when it is closed.
 */
export class OutlineSession {
  readonly steps = new OutlineSteps();
  readonly vertices: VertexEditor;
  readonly #context: ToolContext;
  #targetOf: ((base: TileState) => OutlineTarget) | null = null;
  #target: OutlineTarget | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
    this.vertices = new VertexEditor(context, this.steps, () => this.show());
  }

  /** idle: there is none · drawing: open · editing: closed. A closed one of a mask that is no longer there has ended: somebody else accepted it. */
  get phase(): 'idle' | 'drawing' | 'editing' {
    const base = this.#context.document?.state;
    if (this.#target !== null && base !== this.#target.base) {
      const { points, isClosed } = this.steps.current;
      if (base === undefined || isClosed || points.length === 0) this.forget();
      else this.#target = this.#targetOf?.(base) ?? null;
    }
    const { points, isClosed } = this.steps.current;
    return points.length === 0 ? 'idle' : isClosed ? 'editing' : 'drawing';
  }

  get current(): Outline {
    return this.steps.current;
  }

  /** Forgets the one before. @param targetOf asked again when the mask changes while the outline is open */
  begin(targetOf: (base: TileState) => OutlineTarget): void {
    this.forget();
    const { document } = this.#context;
    if (document === null) return;
    this.#targetOf = targetOf;
    this.#target = targetOf(document.state);
  }

  /** Another tool is taken: a closed outline counts, an open one waits. */
  leave(): void {
    if (this.phase === 'editing') this.accept();
    this.vertices.reset();
    this.#context.refresh();
  }

  /** The steps of one that is open; null: none is. */
  get open(): KeptSteps | null {
    return this.phase === 'drawing' ? this.steps.kept : null;
  }

  /** Goes on with one that was left open. */
  goOn(steps: KeptSteps, targetOf: (base: TileState) => OutlineTarget): void {
    this.begin(targetOf);
    this.steps.restore(steps);
    this.#context.refresh();
  }

  place(points: readonly MarkPoint[]): void {
    this.steps.push({ points, isClosed: false });
    this.#context.refresh();
  }

  close(points: readonly MarkPoint[]): void {
    this.steps.push({ points, isClosed: true });
    this.show();
    this.#context.refresh();
  }

  /** Other points for an outline that nobody has touched since; else nothing. */
  amend(untouched: Outline, points: readonly MarkPoint[]): void {
    if (this.phase !== 'editing' || this.current !== untouched || this.vertices.isDragging) return;
    this.steps.amend({ points, isClosed: true });
    this.vertices.stepTaken();
    this.show();
    this.#context.refresh();
  }

  /** The mask as the outline now makes it; as it is, while the outline is open. */
  show(): void {
    if (this.#target === null) return;
    if (this.steps.current.isClosed) this.#context.propose({ tiles: this.#target.maskWith(this.vertices.points) });
    else this.#context.drop();
  }

  /** The outline counts, when it is closed. @returns whether there was one */
  accept(): boolean {
    const { phase } = this;
    if (phase === 'idle') return false;
    const { document } = this.#context;
    if (phase === 'editing' && document !== null && isBeside(this.current.points, document)) this.#context.say('Nothing of the outline is on the photo.');
    if (phase === 'editing') this.#context.accept();
    this.forget();
    this.#context.refresh();
    return true;
  }

  /** As if it had never been. @returns whether there was one */
  drop(): boolean {
    if (this.phase === 'idle') return false;
    this.#context.drop();
    this.forget();
    this.#context.refresh();
    return true;
  }

  undo(): boolean {
    if (this.phase === 'idle' || !this.steps.undo()) return false;
    this.#stepped();
    return true;
  }

  redo(): boolean {
    // An outline that was undone to nothing can come back, as long as its mask is there.
    if (this.phase === 'idle' && this.#target === null) return false;
    if (!this.steps.redo()) return false;
    this.#stepped();
    return true;
  }

  /** Keys while it is closed. */
  key(key: ToolKey, modifiers: Modifiers): boolean {
    if (key === 'Enter') return this.accept();
    if (key === 'Escape') return this.drop();
    return this.vertices.key(key, modifiers);
  }

  marks(): readonly ToolMark[] {
    return this.phase === 'editing' ? this.vertices.marks() : [];
  }

  cursor({ alt }: Modifiers): CursorHint {
    if (this.vertices.isDragging) return { kind: 'move' };
    const { target } = this.vertices;
    return { kind: target === null ? 'crosshair' : target === 'vertex' && !alt ? 'move' : 'pointer' };
  }

  hint({ alt }: Modifiers): string {
    const { target } = this.vertices;
    if (this.vertices.isDragging) return 'Let go to place the vertex. Shift keeps to eighths of a turn.';
    if (target === 'vertex') return alt ? 'Click removes this vertex.' : 'Drag moves this vertex, a click chooses it for the arrow keys and Delete, Alt+click removes it. Enter keeps the outline.';
    if (target === 'middle') return 'Drag adds a vertex here. Enter keeps the outline.';
    const { document } = this.#context;
    if (document !== null && isBeside(this.current.points, document)) return 'Nothing of the outline is on the photo: drag its vertices there, or Esc takes it back.';
    return 'Enter keeps the outline, Esc takes it back. A click elsewhere keeps it and begins another.';
  }

  forget(): void {
    this.#target = null;
    this.#targetOf = null;
    this.steps.reset(noOutline);
    this.vertices.reset();
  }

  #stepped(): void {
    this.vertices.stepTaken();
    this.show();
    this.#context.refresh();
  }
}
