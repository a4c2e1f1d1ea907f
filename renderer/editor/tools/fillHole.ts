import { createPieceTool } from './pieceTool.ts';
import { countOf, px } from './pieceWords.ts';
import type { ToolFactory } from './tool.ts';

/** A click in a hole fills it. */
export const fillHole: ToolFactory = (context) =>
  createPieceTool(context, {
    kind: 'hole',
    change: 'fill',
    tone: 'add',
    words: ({ piece, count, allAreaPx }) => `A click fills this hole: ${px(piece.areaPx)}${count === 1 ? ', the only one' : ` of ${px(allAreaPx)} in ${countOf(count, 'hole')}`}`,
    nothing: 'Fill hole: click in a hole of the mask, Alt-click fills all small ones',
    allSmall: 'fillHoles',
  });
