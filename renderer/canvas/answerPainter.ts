import { present } from '../../shared/errors/errors.ts';
import { intersectRects, isEmptyRect, rectOfEdges, type Rect } from '../../shared/mask/rect.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import type { PromptPreview } from '../editor/prompts/preview.ts';
import { answerPixels } from './answerPixels.ts';
import { sameDeviceView, toDevice, type DeviceView } from './deviceView.ts';
import { drawTiles } from './drawTiles.ts';
import { documentOf } from './maskShape.ts';
import { MaskTiles } from './maskTiles.ts';
import { samplerOf } from './sampleMask.ts';
import type { Tint } from './viewOptions.ts';

type Context = OffscreenCanvasRenderingContext2D;

/** What the join leaves when the answer is drawn over the mask. */
const operations = { replace: 'copy', add: 'source-over', subtract: 'destination-out', intersect: 'destination-in' } as const satisfies Record<PromptPreview['join'], GlobalCompositeOperation>;

/** The mask in hand, for an answer that joins it. */
export interface PresentMask {
  /** What they show; null: something that is not committed. */
  readonly state: NonNullable<PromptPreview['base']> | null;
  /** Its tiles in the tint that is drawn. */
  readonly tiles: () => MaskTiles;
}

/** A picture of the whole mask as it will be, opaque in its tint, and where its top left corner is on the screen. */
export interface AnswerPicture {
  readonly canvas: OffscreenCanvas;
  readonly area: Rect;
}

const sizedCanvas = (canvas: OffscreenCanvas | null, { widthPx, heightPx }: Rect): OffscreenCanvas => {
  if (canvas !== null && canvas.width === widthPx && canvas.height === heightPx) return canvas;
  return new OffscreenCanvas(widthPx, heightPx);
};
const contextOf = (canvas: OffscreenCanvas): Context => present(canvas.getContext('2d'), 'The canvas of an answer');

/**
 * Pictures an answer to a prompt before its pixels are in the mask: joined with the mask by composition, at the screen's resolution, as much as is
 * seen. Nothing of the image's size is touched, so it is done in the frame in which the answer comes.
 */
export class AnswerPainter {
  #answer: OffscreenCanvas | null = null;
  #joined: OffscreenCanvas | null = null;
  #pixels: ImageData | null = null;
  #base: { readonly state: NonNullable<PromptPreview['base']>; readonly tint: Tint; readonly tiles: MaskTiles } | null = null;
  #pictured: { readonly preview: PromptPreview; readonly view: DeviceView; readonly tint: Tint; readonly picture: AnswerPicture } | null = null;

  /** The mask in hand has other pixels. */
  invalidate(): void {
    if (this.#pictured?.preview.base === null) this.#pictured = null;
  }

  /** The answer is not shown any more: what belongs to its mask alone goes, some ten megabytes at 24 MP. */
  end(): void {
    this.#base = null;
    this.#pictured = null;
  }

  /** Lets go of all canvases. */
  clear(): void {
    this.#answer = null;
    this.#joined = null;
    this.#pixels = null;
    this.end();
  }

  /** @returns null when nothing of the picture is seen. Valid until the next call */
  picture(view: DeviceView, preview: PromptPreview, tint: Tint, mask: PresentMask): AnswerPicture | null {
    const known = this.#pictured;
    if (known !== null && known.preview === preview && known.tint === tint && sameDeviceView(known.view, view)) return known.picture;
    const image = rectOfEdges(0, 0, preview.frame.imageWidthPx, preview.frame.imageHeightPx);
    const area = intersectRects(toDevice(view, image), view.bounds);
    if (isEmptyRect(area)) return null;
    const answer = this.#drawAnswer(view, preview, tint, area);
    const canvas = preview.join === 'replace' ? answer : this.#drawJoined(view, preview, tint, area, image, answer, mask);
    const picture = { canvas, area };
    this.#pictured = { preview, view, tint, picture };
    return picture;
  }

  #drawAnswer(view: DeviceView, { frame, candidate }: PromptPreview, { red, green, blue }: Tint, area: Rect): OffscreenCanvas {
    const canvas = sizedCanvas(this.#answer, area);
    this.#answer = canvas;
    const isKept = this.#pixels?.width === area.widthPx && this.#pixels.height === area.heightPx;
    const pixels = isKept ? present(this.#pixels, 'The pixels of an answer') : new ImageData(area.widthPx, area.heightPx);
    this.#pixels = pixels;
    const words = new Uint32Array(pixels.data.buffer);
    if (isKept) words.fill(0);
    answerPixels(words, area, view, modelFrame(frame), candidate, ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
    contextOf(canvas).putImageData(pixels, 0, 0);
    return canvas;
  }

  #drawJoined(view: DeviceView, preview: PromptPreview, tint: Tint, area: Rect, image: Rect, answer: OffscreenCanvas, mask: PresentMask): OffscreenCanvas {
    const canvas = sizedCanvas(this.#joined, area);
    this.#joined = canvas;
    const context = contextOf(canvas);
    context.globalCompositeOperation = 'source-over';
    context.setTransform(1, 0, 0, 1, -area.xPx, -area.yPx);
    context.clearRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
    const tiles = preview.base === null || preview.base === mask.state ? mask.tiles() : this.#tilesOf(preview.base, tint);
    drawTiles(context, view, tiles, tint, 'fill', area, image);
    context.globalCompositeOperation = operations[preview.join];
    context.drawImage(answer, area.xPx, area.yPx);
    return canvas;
  }

  #tilesOf(state: NonNullable<PromptPreview['base']>, tint: Tint): MaskTiles {
    if (this.#base?.state !== state || this.#base.tint !== tint) this.#base = { state, tint, tiles: new MaskTiles(samplerOf(documentOf(state)), 'fill', tint) };
    return this.#base.tiles;
  }
}

/** The rim of a picture's shape, as wide as asked for, on its inner side: for the view that shows outlines. */
export const rimOf = ({ canvas, area }: AnswerPicture, widthPx: number): AnswerPicture => {
  const inner = new OffscreenCanvas(area.widthPx, area.heightPx);
  const innerContext = contextOf(inner);
  innerContext.drawImage(canvas, 0, 0);
  innerContext.globalCompositeOperation = 'destination-in';
  for (const [x, y] of [[widthPx, 0], [-widthPx, 0], [0, widthPx], [0, -widthPx]] as const) innerContext.drawImage(canvas, x, y);
  const rim = new OffscreenCanvas(area.widthPx, area.heightPx);
  const rimContext = contextOf(rim);
  rimContext.drawImage(canvas, 0, 0);
  rimContext.globalCompositeOperation = 'destination-out';
  rimContext.drawImage(inner, 0, 0);
  return { canvas: rim, area };
};
