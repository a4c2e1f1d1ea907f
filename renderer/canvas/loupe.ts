import type { Editor } from '../editor/types.ts';
import { imageToViewX, imageToViewY, maxZoom, viewToImageX, viewToImageY, zoomOf, type Viewport } from '../editor/viewport.ts';
import { useLinkedView } from '../stores/linkedView.ts';
import { setLoupePlace, useLoupe } from '../stores/loupe.ts';
import type { Photo } from '../stores/photo.ts';
import { drawPhoto, type Scene } from './drawPhoto.ts';
import { MaskPainter, type PainterExtras } from './maskPainter.ts';
import type { ViewOptions } from './viewOptions.ts';

export const loupeDiameterViewPx = 208;
/** As near as this at least, so that it is worth holding; four times as near as the pane otherwise. */
const leastZoom = 2;
const timesNearer = 4;

/** The loupe's own view: the image's point in its middle. */
export const loupeViewport = (pane: Viewport, pointImagePx: readonly [number, number]): Viewport => {
  const { devicePixelRatio } = pane;
  const scale = Math.min(maxZoom, Math.max(leastZoom, zoomOf(pane) * timesNearer)) / devicePixelRatio;
  const onDevicePx = (value: number): number => Math.round(value * devicePixelRatio) / devicePixelRatio;
  return {
    ...pane,
    scale,
    widthViewPx: loupeDiameterViewPx,
    heightViewPx: loupeDiameterViewPx,
    offsetXViewPx: onDevicePx(loupeDiameterViewPx / 2 - pointImagePx[0] * scale),
    offsetYViewPx: onDevicePx(loupeDiameterViewPx / 2 - pointImagePx[1] * scale),
    isFit: false,
  };
};

const context2d = (canvas: HTMLCanvasElement, sidePx: number): CanvasRenderingContext2D | null => {
  if (canvas.width !== sidePx) {
    canvas.width = sidePx;
    canvas.height = sidePx;
  }
  return canvas.getContext('2d');
};

/** What the loupe is made of: a round element with the photo's canvas and the mask's over it. */
export interface LoupeElements {
  readonly frame: HTMLElement;
  readonly photo: HTMLCanvasElement;
  readonly mask: HTMLCanvasElement;
}

/** One pane's loupe: at the pointer, and, where panes are linked, at the same place of the other pane's picture. Draws at most once a frame. */
export class Loupe {
  readonly #editor: Editor;
  readonly #elements: LoupeElements;
  readonly #painter: MaskPainter;
  readonly #ends: (() => void)[];
  #viewport: Viewport;
  #photo: Photo | null = null;
  #options: ViewOptions | null = null;
  #frame = 0;

  constructor(editor: Editor, elements: LoupeElements) {
    this.#editor = editor;
    this.#elements = elements;
    this.#viewport = editor.viewport;
    const viewportNow = (): Viewport => this.#viewport;
    const scene: Scene = {
      get document() {
        return editor.document;
      },
      get viewport() {
        return viewportNow();
      },
      mattes: editor.mattes,
    };
    this.#painter = new MaskPainter(scene);
    const drawSoon = (): void => this.#drawSoon();
    this.#ends = [
      useLoupe.subscribe(drawSoon),
      useLinkedView.subscribe(drawSoon),
      editor.subscribe((change) => {
        if (change.kind === 'pixels') this.#painter.invalidate(change.rects);
        else if (change.kind === 'loaded') this.#painter.invalidateAll();
        else if (change.kind === 'matte') this.#painter.invalidateMatte();
        if (change.kind !== 'tool') drawSoon();
      }),
    ];
  }

  show(photo: Photo | null, options: ViewOptions): void {
    this.#photo = photo;
    this.#options = options;
    this.#drawSoon();
  }

  setExtras(extras: PainterExtras): void {
    this.#painter.setExtras(extras);
    this.#drawSoon();
  }

  /** The pointer is here, in viewPx of the pane; null: it has left. */
  pointAt(place: readonly [number, number] | null): void {
    const { document, viewport } = this.#editor;
    if (place === null) {
      if (useLoupe.getState().place?.owner === this.#editor) setLoupePlace(null);
      return;
    }
    if (document === null) return;
    setLoupePlace({
      owner: this.#editor,
      shareX: viewToImageX(viewport, place[0]) / document.widthPx,
      shareY: viewToImageY(viewport, place[1]) / document.heightPx,
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.pointAt(null);
    for (const end of this.#ends) end();
  }

  #drawSoon(): void {
    const { isHeld, isKept } = useLoupe.getState();
    // Nothing to do at each movement of the pointer for those who have no loupe out.
    if (!isHeld && !isKept && this.#elements.frame.hidden) return;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const { isHeld, isKept, place } = useLoupe.getState();
    const { document, viewport } = this.#editor;
    const { frame } = this.#elements;
    const isHere = place !== null && (place.owner === this.#editor || useLinkedView.getState().isLinked);
    frame.hidden = !(isHeld || isKept) || !isHere || document === null || this.#options === null;
    if (frame.hidden || place === null || document === null || this.#options === null) return;
    const point = [place.shareX * document.widthPx, place.shareY * document.heightPx] as const;
    this.#viewport = loupeViewport(viewport, point);
    const half = loupeDiameterViewPx / 2;
    frame.style.transform = `translate(${imageToViewX(viewport, point[0]) - half}px, ${imageToViewY(viewport, point[1]) - half}px)`;
    const sidePx = Math.round(loupeDiameterViewPx * viewport.devicePixelRatio);
    const photo = context2d(this.#elements.photo, sidePx);
    const mask = context2d(this.#elements.mask, sidePx);
    if (photo === null || mask === null) return;
    photo.clearRect(0, 0, sidePx, sidePx);
    drawPhoto(photo, { document, viewport: this.#viewport }, this.#photo, this.#options.hasPixelGrid);
    this.#painter.draw(mask, this.#options);
  }
}
