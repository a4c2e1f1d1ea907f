import { createPieceTool } from './pieceTool.ts';
import { countOf, px } from './pieceWords.ts';
import type { ToolFactory } from './tool.ts';

/** A click on a piece of the mask takes everything else away. */
export const keepComponent: ToolFactory = (context) =>
  createPieceTool(context, {
    kind: 'island',
    change: 'keep',
    tone: 'keep',
    words: ({ piece, count, allAreaPx }) =>
      count === 1 ? `This is the only piece: ${px(piece.areaPx)}` : `A click keeps this piece of ${px(piece.areaPx)} and drops ${countOf(count - 1, 'other')}: ${px(allAreaPx - piece.areaPx)}`,
    nothing: 'Keep piece: click on the piece of the mask that stays, all others go',
    allSmall: null,
  });
