import type { TileState } from '../../../shared/edits/tileState.ts';
import { isCancelled } from '../../../shared/errors/errors.ts';
import type { Piece } from '../../../shared/mask/pieces.ts';
import type { PieceAnswer } from '../../../shared/raster/pieceAt.ts';
import type { ToolMark } from './marks.ts';
import type { ToolContext, ToolInput } from './tool.ts';
import { placeOf, type PiecePlace } from './piecePlace.ts';

/** What lies under the pointer, for a highlight and the status line: asked for off the page, one question at a time, the newest place next. */
export class PieceHover {
  readonly #context: ToolContext;
  readonly #kind: Piece['kind'];
  #wanted: PiecePlace | null = null;
  #isAsking = false;
  #answer: { readonly mask: TileState; readonly found: PieceAnswer | null } | null = null;

  constructor(context: ToolContext, kind: Piece['kind']) {
    this.#context = context;
    this.#kind = kind;
  }

  /** Null: nothing there, or not known yet; `isKnown` tells them apart. */
  get found(): PieceAnswer | null {
    return this.isKnown ? (this.#answer?.found ?? null) : null;
  }

  /** Of the mask as it is now. */
  get isKnown(): boolean {
    return this.#wanted !== null && this.#answer !== null && this.#answer.mask === this.#context.document?.state;
  }

  moveTo(input: ToolInput): void {
    const point = input.points.at(-1);
    if (point === undefined) return;
    this.#wanted = placeOf(this.#context, point);
    this.askAgain();
  }

  /** The mask has changed under a pointer that rests. */
  askAgain(): void {
    if (!this.#isAsking && this.#wanted !== null) void this.#ask(this.#wanted);
  }

  end(): void {
    this.#wanted = null;
    this.#answer = null;
    this.#context.refresh();
  }

  marks(tone: Extract<ToolMark, { kind: 'area' }>['tone']): readonly ToolMark[] {
    const rings = this.found?.rings ?? [];
    return rings.length === 0 ? [] : [{ kind: 'area', rings, tone }];
  }

  async #ask(place: PiecePlace): Promise<void> {
    const { document, assetKey, raster } = this.#context;
    if (document === null || assetKey === null) return;
    const mask = document.state;
    this.#isAsking = true;
    try {
      const found = await raster.run('pieceAt', { mask, place, kind: this.#kind }, { assetKey });
      if (this.#wanted === null) return;
      this.#answer = { mask, found };
      this.#context.refresh();
    } catch (error) {
      if (!isCancelled(error)) this.#context.fail(error);
      this.#wanted = null;
    } finally {
      this.#isAsking = false;
    }
    if (this.#wanted !== null && (this.#wanted !== place || this.#context.document?.state !== mask)) this.askAgain();
  }
}
