import { imageToModelPx, modelFrame } from '../../../shared/prompts/modelFrame.ts';
import type { PromptPreview } from '../../editor/prompts/preview.ts';
import { viewToImageX, viewToImageY } from '../../editor/viewport.ts';
import type { Side } from '../../stores/panes.ts';
import { editorOf } from '../desk/editors.ts';

/** The image pixel under a place of a pane's canvas, viewPx, with whether it is in the mask; null beside the picture. */
export const pixelUnder = (side: Side, xViewPx: number, yViewPx: number) => {
  const { document, viewport } = editorOf(side);
  if (document === null) return null;
  const xPx = Math.floor(viewToImageX(viewport, xViewPx));
  const yPx = Math.floor(viewToImageY(viewport, yViewPx));
  if (xPx < 0 || yPx < 0 || xPx >= document.widthPx || yPx >= document.heightPx) return null;
  return { xPx, yPx, isInside: document.isInside(xPx, yPx), widthPx: document.widthPx, heightPx: document.heightPx };
};

/** Remembers a pane's latest answer to prompts, while somebody wants to read its values. */
export class AnswerReader {
  readonly #side: Side;
  readonly #end: () => void;
  #latest: PromptPreview | null = null;

  constructor(side: Side) {
    this.#side = side;
    const { preview } = editorOf(side);
    this.#latest = preview.current;
    this.#end = preview.subscribe(() => {
      this.#latest = preview.current ?? this.#latest;
    });
  }

  /** How sure the answer is that a pixel belongs to it, 0..1: the sigmoid of its logit there. Null where no prompts are open. */
  probabilityAt(xPx: number, yPx: number): number | null {
    const answer = this.#latest;
    if (answer === null || !editorOf(this.#side).prompts.status.getState().isOpen) return null;
    const frame = modelFrame(answer.frame);
    const { widthPx, heightPx, logits } = answer.candidate;
    const at = imageToModelPx(frame, { x: xPx + 0.5, y: yPx + 0.5 });
    const column = Math.min(widthPx - 1, Math.floor((at.x / frame.sidePx) * widthPx));
    const row = Math.min(heightPx - 1, Math.floor((at.y / frame.sidePx) * heightPx));
    const logit = logits[row * widthPx + column];
    return logit === undefined ? null : 1 / (1 + Math.exp(-logit));
  }

  dispose(): void {
    this.#end();
  }
}
