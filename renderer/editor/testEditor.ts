import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { createEditor } from './createEditor.ts';
import type { Editor, EditorChange, EditorOptions, LoadRequest, Modifiers, PointerInput, PointerSample, ToolId } from './types.ts';
import type { ToolKey } from './tools/tool.ts';
import { imageToViewX, imageToViewY } from './viewport.ts';

type Keys = Partial<Modifiers>;

/** Drives the real editor as a person's hand does: places are given in imagePx (the middle of pixel 3 is 3.5), sent as pointer events in viewPx. */
export class TestEditor {
  readonly editor: Editor;
  readonly changes: EditorChange[] = [];
  #keys: Modifiers = { shift: false, alt: false };
  #pointerType: PointerInput['pointerType'] = 'mouse';

  constructor(options: EditorOptions = {}) {
    this.editor = createEditor(options);
    this.editor.subscribe((change) => this.changes.push(change));
    this.view(800, 600);
  }

  /** The pane, in CSS pixels. */
  view(widthViewPx: number, heightViewPx: number, devicePixelRatio = 1): this {
    this.editor.setViewSize({ widthViewPx, heightViewPx, devicePixelRatio });
    return this;
  }

  /** An image without a mask. */
  blank(widthPx: number, heightPx: number, assetKey = 'product_image:a', revisionId: string | null = null): this {
    return this.load({ blank: { widthPx, heightPx }, assetKey, revisionId });
  }

  load(request: LoadRequest): this {
    this.editor.load(request);
    return this;
  }

  tool(toolId: ToolId, sizePx?: number, hardness?: number): this {
    this.editor.setTool(toolId);
    if (sizePx !== undefined) this.editor.setBrushSize(sizePx);
    if (hardness !== undefined) this.editor.setHardness(hardness);
    return this;
  }

  keys(keys: Keys): this {
    this.#keys = { shift: keys.shift ?? false, alt: keys.alt ?? false };
    this.editor.setModifiers(this.#keys);
    return this;
  }

  pen(): this {
    this.#pointerType = 'pen';
    return this;
  }

  pointerDown(xImagePx: number, yImagePx: number, options: { button?: number; pressure?: number; clickCount?: number } = {}): this {
    this.editor.pointerDown({ ...this.#input([[xImagePx, yImagePx, options.pressure]], options.button ?? 0), clickCount: options.clickCount ?? 1 });
    return this;
  }

  pointerMove(xImagePx: number, yImagePx: number, pressure?: number): this {
    return this.coalescedMove([[xImagePx, yImagePx, pressure]]);
  }

  /** One event that carries several places, as browsers send them for fast pens. */
  coalescedMove(points: readonly (readonly [xImagePx: number, yImagePx: number, pressure?: number | undefined])[]): this {
    this.editor.pointerMove(this.#input(points, -1));
    return this;
  }

  pointerUp(xImagePx: number, yImagePx: number): this {
    this.editor.pointerUp(this.#input([[xImagePx, yImagePx, 0]], 0));
    return this;
  }

  click(xImagePx: number, yImagePx: number): this {
    return this.pointerDown(xImagePx, yImagePx).pointerUp(xImagePx, yImagePx);
  }

  /** Presses and lets go twice at one place, as a double click. */
  doubleClick(xImagePx: number, yImagePx: number): this {
    return this.click(xImagePx, yImagePx).pointerDown(xImagePx, yImagePx, { clickCount: 2 }).pointerUp(xImagePx, yImagePx);
  }

  /** The pointer moves with no button down. */
  hover(xImagePx: number, yImagePx: number): this {
    return this.pointerMove(xImagePx, yImagePx);
  }

  /** @returns whether the tool had a use for it */
  key(key: ToolKey): boolean {
    return this.editor.toolKey(key);
  }

  /** Lets what was begun in the background land. */
  async settled(): Promise<this> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    return this;
  }

  /** Down at the first place, through all others, up at the last. */
  stroke(points: readonly (readonly [number, number])[]): this {
    const [first, ...rest] = points;
    const last = points.at(-1);
    if (first === undefined || last === undefined) throw new Error('A stroke needs a place');
    this.pointerDown(...first);
    for (const point of rest) this.pointerMove(...point);
    return this.pointerUp(...last);
  }

  get bitmap(): Bitmap {
    return this.editor.toBitmap();
  }

  get areaPx(): number {
    let area = 0;
    for (const value of this.bitmap.data) area += value >>> 7;
    return area;
  }

  isInside(xPx: number, yPx: number): boolean {
    return this.editor.document?.isInside(xPx, yPx) ?? false;
  }

  /** @throws Error when the pixel is on the other side */
  expectPixel(xPx: number, yPx: number, expected: 'inside' | 'outside'): this {
    const actual = this.isInside(xPx, yPx) ? 'inside' : 'outside';
    if (actual !== expected) throw new Error(`Pixel (${xPx}, ${yPx}) is ${actual}, expected ${expected}`);
    return this;
  }

  #input(points: readonly (readonly [number, number, (number | undefined)?])[], button: number): PointerInput {
    const { viewport } = this.editor;
    const samples: PointerSample[] = points.map(([xImagePx, yImagePx, pressure]) => ({
      xViewPx: imageToViewX(viewport, xImagePx),
      yViewPx: imageToViewY(viewport, yImagePx),
      pressure: pressure ?? 0.5,
    }));
    return { pointerId: 1, pointerType: this.#pointerType, button, samples, ...this.#keys };
  }
}
