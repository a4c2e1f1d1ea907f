/** Interleaved 8-bit sRGB, row-major from the top left, upright. `data.length === widthPx * heightPx * 3`. */
export interface Photo {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/**
 * Longest side, in px, of the photo that the checks look at. Edges, colours and letters that people judge by are as plain at this size as at 24 MP,
 * and a check takes some tens of milliseconds whatever the photo. Pieces, holes and the border are measured on the full mask: a stray pixel would
 * be lost.
 */
export const workSidePx = 640;

/** The size to bring a photo to, by its own. Small ones stay as they are. */
export const workSize = (widthPx: number, heightPx: number): { readonly widthPx: number; readonly heightPx: number } => {
  const scale = Math.min(1, workSidePx / Math.max(widthPx, heightPx));
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) };
};
