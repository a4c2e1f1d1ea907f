import { createPieceTool } from './pieceTool.ts';
import { countOf, px } from './pieceWords.ts';
import type { ToolFactory } from './tool.ts';

/** A click on a piece of the mask takes it away. */
export const dropIsland: ToolFactory = (context) =>
  createPieceTool(context, {
    kind: 'island',
    change: 'drop',
    tone: 'remove',
    words: ({ piece, count, allAreaPx }) => `A click drops this piece: ${px(piece.areaPx)}${count === 1 ? ', all of the mask' : ` of ${px(allAreaPx)} in ${countOf(count, 'piece')}`}`,
    nothing: 'Drop island: click on a piece of the mask, Alt-click drops all small ones',
    allSmall: 'dropIslands',
  });
