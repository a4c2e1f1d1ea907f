import type { TileState } from '../../shared/edits/tileState.ts';
import { tilesOf } from '../editor/maskSource.ts';
import { MaskDocument } from '../editor/maskDocument.ts';

/** A mask to be drawn and not edited: its bytes (shared/mask/rleBinary.ts), or cut into tiles already, which large ones should be by a worker. */
export type MaskShape = Uint8Array | TileState;

/** @throws RangeError for bytes that are no mask */
export const tileStateOf = (shape: MaskShape): TileState => (shape instanceof Uint8Array ? tilesOf({ rle: shape }) : shape);

/** @throws RangeError for bytes that are no mask */
export const documentOf = (shape: MaskShape): MaskDocument => new MaskDocument(tileStateOf(shape));
