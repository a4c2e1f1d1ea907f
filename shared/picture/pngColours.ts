/** Bytes of a file's beginning that say it: signature, length, type, size and depth of the header, then the colour type (PNG specification, sections 5.2 and 11.2.1). */
export const pngColoursBytes = 26;

const signature = [0x89, 0x50, 0x4e, 0x47];
const [grey, indices, greyAlpha, colourAlpha] = [0, 3, 4, 6];

const colourTypeOf = (head: Uint8Array): number | null =>
  head.length >= pngColoursBytes && signature.every((byte, at) => head[at] === byte) ? (head[pngColoursBytes - 1] as number) : null;

/** Without colours, or with a palette's, as masks are and photos hardly ever. Not a PNG: false. */
export const hasMaskColours = (head: Uint8Array): boolean => {
  const type = colourTypeOf(head);
  return type === grey || type === indices || type === greyAlpha;
};

/** A palette may have it too, and is not looked through. Not a PNG: false. */
export const pngHasAlpha = (head: Uint8Array): boolean => {
  const type = colourTypeOf(head);
  return type === greyAlpha || type === colourAlpha;
};
