import type { ErasedPieces, PieceSweep } from '../../../shared/raster/erasePieces.ts';
import { LiveWork } from './liveWork.ts';
import { PieceHover } from './pieceHover.ts';
import { placeOf } from './piecePlace.ts';
import { countOf, px } from './pieceWords.ts';
import type { Tool, ToolFactory, ToolInput, ToolPoint } from './tool.ts';

/** Drags over pieces of the mask and takes each that it touches away; with Shift down what it touches comes back. One drag is one history item. */
export const eraseComponent: ToolFactory = (context): Tool => {
  const hover = new PieceHover(context, 'island');
  let sweeps: readonly PieceSweep[] = [];
  let last: ToolPoint | null = null;
  let erased: ErasedPieces | null = null;
  const work = new LiveWork<readonly PieceSweep[]>(
    context,
    async (mask, way, signal) => {
      const { assetKey, raster } = context;
      if (assetKey === null) return null;
      erased = await raster.run('erasePieces', { mask, sweeps: way }, { assetKey, signal });
      context.refresh();
      return erased.mask;
    },
    () => hover.askAgain(),
  );
  const sweepTo = ({ points, shift }: ToolInput): void => {
    for (const point of points) {
      sweeps = [...sweeps, { from: placeOf(context, last ?? point), to: placeOf(context, point), restores: shift }];
      last = point;
    }
  };
  const end = (): void => {
    last = null;
    erased = null;
  };

  return {
    pointerDown(input) {
      sweeps = [];
      last = null;
      erased = null;
      sweepTo(input);
      work.begin(sweeps);
    },
    pointerMove(input) {
      sweepTo(input);
      work.update(sweeps);
    },
    pointerUp(input) {
      sweepTo(input);
      work.update(sweeps);
      work.finish();
      hover.moveTo(input);
      last = null;
    },
    finish() {
      last = null;
      work.finish();
    },
    cancel() {
      end();
      work.cancel();
    },
    cursor: () => ({ kind: 'crosshair' }),
    hint({ shift }) {
      if (last !== null) return `${erased === null ? 'Drag over pieces' : `Takes ${countOf(erased.count, 'piece')}: ${px(erased.areaPx)}`}${shift ? '; what is touched now comes back' : ', Shift brings back what is touched'}`;
      const { found } = hover;
      if (found === null) return 'Erase pieces: drag over pieces of the mask to take them away';
      return `A click takes this piece: ${px(found.piece.areaPx)} of ${px(found.allAreaPx)} in ${countOf(found.count, 'piece')}; a drag takes all that it touches`;
    },
    hover: (input) => hover.moveTo(input),
    hoverEnd: () => hover.end(),
    key: (key) => key === 'Escape' && work.cancel(),
    undo: () => work.cancel(),
    marks: () => (work.isPending ? [] : hover.marks('remove')),
    leave() {
      end();
      hover.end();
    },
    loaded() {
      end();
      hover.end();
    },
  };
};
