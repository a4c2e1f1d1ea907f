/**
 * The colour map of the PASCAL VOC development kit (VOClabelcolormap): bits 0, 3, 6 ... of an index become red's bits from the top down, bits 1, 4, 7 ... green's
 * and bits 2, 5, 8 ... blue's. So 0 is black, 1 dark red, 255 the cream of void.
 */
const vocColour = (index: number): readonly [red: number, green: number, blue: number] => {
  const channel = (first: number): number => [0, 1, 2].reduce((sum, step) => sum | (((index >> (first + 3 * step)) & 1) << (7 - step)), 0);
  return [channel(0), channel(1), channel(2)];
};

export const vocColours: readonly (readonly [red: number, green: number, blue: number])[] = Array.from({ length: 256 }, (_, index) => vocColour(index));

/** Red, green and blue of all 256. */
export const vocPalette: Uint8Array = Uint8Array.from(vocColours.flat());

/** One number a colour, for maps. */
export const colourKey = (red: number, green: number, blue: number): number => (red << 16) | (green << 8) | blue;
