import type { CursorHint, Editor } from '../editor/types.ts';
import { imageToViewX, imageToViewY } from '../editor/viewport.ts';

/** A smaller ring could not be seen. */
const leastDiameterViewPx = 6;

/**
 * The ring that shows where and how large the brush paints, with a plus or a minus beside it, and while Shift is down the line that a click would draw. Elements of their own, moved by the compositor: drawing them into a canvas would repaint
 * that canvas at every movement of the mouse.
 */
export class BrushRing {
  readonly #editor: Editor;
  readonly #canvas: HTMLElement;
  readonly #ring: HTMLElement;
  readonly #line: HTMLElement;
  #lineFrom: (CursorHint & { kind: 'ring' })['lineFromImagePx'];
  #xViewPx = 0;
  #yViewPx = 0;
  #diameterViewPx = -1;
  #isOver = false;

  constructor(editor: Editor, canvas: HTMLElement, ring: HTMLElement, line: HTMLElement) {
    this.#editor = editor;
    this.#canvas = canvas;
    this.#ring = ring;
    this.#line = line;
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
    this.#lineFrom = cursor.kind === 'ring' && this.#isOver && document !== null ? cursor.lineFromImagePx : undefined;
    this.#line.hidden = this.#lineFrom === undefined;
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
    if (this.#lineFrom === undefined) return;
    const { viewport } = this.#editor;
    const fromX = imageToViewX(viewport, this.#lineFrom.xImagePx);
    const fromY = imageToViewY(viewport, this.#lineFrom.yImagePx);
    const [dx, dy] = [this.#xViewPx - fromX, this.#yViewPx - fromY];
    this.#line.style.width = `${Math.hypot(dx, dy)}px`;
    this.#line.style.transform = `translate(${fromX}px, ${fromY}px) rotate(${Math.atan2(dy, dx)}rad)`;
  }
}
