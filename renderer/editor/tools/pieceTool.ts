import type { TileState } from '../../../shared/edits/tileState.ts';
import type { Piece } from '../../../shared/mask/pieces.ts';
import type { PieceChange } from '../../../shared/raster/changePiece.ts';
import type { PieceAnswer } from '../../../shared/raster/pieceAt.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import { LiveWork } from './liveWork.ts';
import { PieceHover } from './pieceHover.ts';
import { placeOf, type PiecePlace } from './piecePlace.ts';
import type { Tool, ToolContext, ToolInput } from './tool.ts';

/** All small pieces of the tool's kind instead of the one under the pointer. */
export interface AllSmall {
  /** The largest that counts, in px. */
  readonly mostPx: () => number;
  /** As "fills all holes up to 500 px". */
  readonly words: (mostPx: number) => string;
}

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

type Click = { readonly place: PiecePlace } | { readonly mostPx: number };

/** A tool that clicks on pieces of the mask: what would change is shown under the pointer, a click is one history item. */
export const createPieceTool = (context: ToolContext, { kind, change, tone, words, nothing, allSmall }: PieceToolParts): Tool => {
  const hover = new PieceHover(context, kind);
  const workOut = async (mask: TileState, click: Click, signal: AbortSignal): Promise<TileState | null> => {
    const { assetKey, raster }: { assetKey: string | null; raster: RasterPort } = context;
    if (assetKey === null) return null;
    if ('mostPx' in click) return (await raster.run('changeSmallPieces', { mask, kind, mostPx: click.mostPx }, { assetKey, signal })).mask;
    return raster.run('changePiece', { mask, place: click.place, change }, { assetKey, signal });
  };
  const work = new LiveWork<Click>(context, workOut, () => hover.askAgain());
  const moveTo = (input: ToolInput): void => hover.moveTo(input);

  return {
    pointerDown(input) {
      moveTo(input);
      const point = input.points.at(-1);
      if (point === undefined) return;
      work.begin(input.alt && allSmall !== null ? { mostPx: allSmall.mostPx() } : { place: placeOf(context, point) });
    },
    pointerMove: moveTo,
    pointerUp: () => work.finish(),
    cancel: () => void work.cancel(),
    cursor: () => ({ kind: work.isBusy ? 'progress' : hover.found === null ? 'crosshair' : 'pointer' }),
    hint({ alt }) {
      if (alt && allSmall !== null) return allSmall.words(allSmall.mostPx());
      return hover.found === null ? nothing : words(hover.found);
    },
    hover: moveTo,
    hoverEnd: () => hover.end(),
    key: (key) => key === 'Escape' && work.cancel(),
    undo: () => work.cancel(),
    marks: () => (work.isBusy ? [] : hover.marks(tone)),
    leave() {
      work.abandon();
      hover.end();
    },
    loaded: () => hover.end(),
  };
};
