import type { Editor } from '../editor/types.ts';

/** A smaller ring could not be seen. */
const leastDiameterViewPx = 6;

/**
 * The ring that shows where and how large the brush paints. An element of its own, moved by the compositor: drawing it into a canvas would
 * repaint that canvas at every movement of the mouse.
 */
export class BrushRing {
  readonly #editor: Editor;
  readonly #canvas: HTMLElement;
  readonly #ring: HTMLElement;
  #xViewPx = 0;
  #yViewPx = 0;
  #diameterViewPx = -1;
  #isOver = false;

  constructor(editor: Editor, canvas: HTMLElement, ring: HTMLElement) {
    this.#editor = editor;
    this.#canvas = canvas;
    this.#ring = ring;
    this.refresh();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  moveTo(xViewPx: number, yViewPx: number): void {
    this.#xViewPx = xViewPx;
    this.#yViewPx = yViewPx;
    this.#place();
  }

  setOver(isOver: boolean): void {
    this.#isOver = isOver;
    this.refresh();
  }

  /** The tool, its size, the zoom or the loaded image may have changed. */
  refresh(): void {
    const { cursor, viewport, document } = this.#editor;
    const isRing = cursor.kind === 'ring' && document !== null;
    this.#ring.hidden = !isRing || !this.#isOver;
    this.#canvas.style.cursor = document === null ? 'default' : isRing ? 'none' : cursor.kind === 'ring' ? 'default' : cursor.kind;
    if (cursor.kind !== 'ring') return;
    this.#ring.classList.toggle('deskCanvas-ring-erases', cursor.erases);
    const diameter = Math.max(leastDiameterViewPx, 2 * cursor.radiusImagePx * viewport.scale);
    if (diameter !== this.#diameterViewPx) {
      this.#diameterViewPx = diameter;
      this.#ring.style.width = `${diameter}px`;
      this.#ring.style.height = `${diameter}px`;
    }
    this.#place();
  }

  #place(): void {
    const half = this.#diameterViewPx / 2;
    this.#ring.style.transform = `translate(${this.#xViewPx - half}px, ${this.#yViewPx - half}px)`;
  }
}
