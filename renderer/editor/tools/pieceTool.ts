import type { TileState } from '../../../shared/edits/tileState.ts';
import type { Piece } from '../../../shared/mask/pieces.ts';
import type { PieceChange } from '../../../shared/raster/changePiece.ts';
import type { PieceAnswer } from '../../../shared/raster/pieceAt.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import { adjustments, clampAmount } from './adjust/index.ts';
import { LiveWork } from './liveWork.ts';
import { PieceHover } from './pieceHover.ts';
import { placeOf, type PiecePlace } from './piecePlace.ts';
import { px } from './pieceWords.ts';
import type { Tool, ToolContext, ToolInput } from './tool.ts';

/** All small pieces of the kind instead of the one under the pointer: adjustments, with the amounts that are set for them. */
type AllSmall = 'fillHoles' | 'dropIslands';
const allSmallWords: Readonly<Record<AllSmall, (amount: number) => string>> = {
  fillHoles: (amount) => `A click fills all holes smaller than ${px(amount)}`,
  dropIslands: (amount) => `A click drops all pieces smaller than ${px(amount)}; the largest stays`,
};

export interface PieceToolParts {
  readonly kind: Piece['kind'];
  readonly change: PieceChange;
  readonly tone: 'add' | 'remove' | 'keep';
  /** What a click does with what is under the pointer. */
  readonly words: (found: PieceAnswer) => string;
  /** With nothing of the kind under the pointer. */
  readonly nothing: string;
  /** What Alt or the right button does; null: nothing else. */
  readonly allSmall: AllSmall | null;
}

type Click = { readonly place: PiecePlace } | { readonly adjust: AllSmall; readonly amount: number };

/** A tool that clicks on pieces of the mask: what would change is shown under the pointer, a click is one history item. */
export const createPieceTool = (context: ToolContext, { kind, change, tone, words, nothing, allSmall }: PieceToolParts): Tool => {
  const hover = new PieceHover(context, kind);
  const workOut = async (mask: TileState, click: Click, signal: AbortSignal): Promise<TileState | null> => {
    const { assetKey, raster }: { assetKey: string | null; raster: RasterPort } = context;
    if (assetKey === null) return null;
    if ('adjust' in click) return (await raster.run('adjustMask', { mask, kind: click.adjust, amount: click.amount }, { assetKey, signal })).mask;
    return raster.run('changePiece', { mask, place: click.place, change }, { assetKey, signal });
  };
  const work = new LiveWork<Click>(context, workOut, () => hover.askAgain());
  const amountOf = (kind: AllSmall): number => clampAmount(adjustments[kind], context.settings.options.adjust[kind]);
  const moveTo = (input: ToolInput): void => hover.moveTo(input);

  return {
    pointerDown(input) {
      moveTo(input);
      const point = input.points.at(-1);
      if (point === undefined) return;
      work.begin(input.alt && allSmall !== null ? { adjust: allSmall, amount: amountOf(allSmall) } : { place: placeOf(context, point) });
    },
    pointerMove: moveTo,
    pointerUp: () => work.finish(),
    finish: () => work.finish(),
    cancel: () => void work.cancel(),
    cursor: () => ({ kind: work.isPending ? 'progress' : hover.found === null ? 'crosshair' : 'pointer' }),
    hint({ alt }) {
      if (alt && allSmall !== null) return allSmallWords[allSmall](amountOf(allSmall));
      return hover.found === null ? nothing : words(hover.found);
    },
    hover: moveTo,
    hoverEnd: () => hover.end(),
    key: (key) => key === 'Escape' && work.cancel(),
    undo: () => work.cancel(),
    marks: () => (work.isPending ? [] : hover.marks(tone)),
    leave: () => hover.end(),
    loaded: () => hover.end(),
  };
};
