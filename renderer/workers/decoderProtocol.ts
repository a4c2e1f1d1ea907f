import type { TileState } from '../../shared/edits/tileState.ts';

/** What the page and the decoder say to each other. Bytes and bitmaps are transferred, not copied. */
export type DecoderRequest =
  | { readonly kind: 'photo'; readonly requestId: number; readonly file: Blob }
  /** Bytes of shared/mask/rleBinary.ts. */
  | { readonly kind: 'mask'; readonly requestId: number; readonly rle: Uint8Array<ArrayBuffer> };

export type DecoderAnswer =
  /** Largest first, each half the one before, see levels.ts. */
  | { readonly kind: 'photo'; readonly requestId: number; readonly levels: readonly ImageBitmap[] }
  | { readonly kind: 'mask'; readonly requestId: number; readonly tiles: TileState }
  | { readonly kind: 'failed'; readonly requestId: number; readonly message: string };
