/** A mask: one byte a pixel, 0 (outside) or 255 (inside), row-major from the top left. `data.length === widthPx * heightPx`. */
export interface Bitmap {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

export const emptyBitmap = (widthPx: number, heightPx: number): Bitmap => ({
  widthPx,
  heightPx,
  data: new Uint8Array(widthPx * heightPx),
});

/** Number of pixels inside. By index: an iterator over 24 million bytes takes 150 ms, this 15. */
export const areaPx = ({ data }: Bitmap): number => {
  let area = 0;
  for (let index = 0; index < data.length; index++) area += (data[index] as number) >>> 7;
  return area;
};

/** Whether two masks have the same size and pixels. */
export const sameBitmap = (a: Bitmap, b: Bitmap): boolean => {
  if (a.widthPx !== b.widthPx || a.heightPx !== b.heightPx) return false;
  for (let index = 0; index < a.data.length; index++) if (a.data[index] !== b.data[index]) return false;
  return true;
};
