/** A decoded photo as canvases draw it. Its bitmaps belong to the cache that made it (actions/desk/photos.ts): nobody else closes them. */
export interface Photo {
  /** Of the photo itself, upright: the size of its mask, whatever the bitmaps have. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The same picture in several sizes, largest first, at least one. */
  readonly levels: readonly ImageBitmap[];
  /** preview: more pixels are on their way · full: the largest bitmap has every pixel · reduced: as many pixels as can be shown, the photo has more. */
  readonly detail: 'preview' | 'full' | 'reduced';
}
