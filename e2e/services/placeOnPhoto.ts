import sharp from 'sharp';

interface Grey {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: Uint8Array;
}

const greyOf = async (input: Buffer | string): Promise<Grey> => {
  const { data, info } = await sharp(input).removeAlpha().greyscale().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, bytes: data };
};

const difference = (photo: Grey, piece: Grey, left: number, top: number): number => {
  let sum = 0;
  for (let y = 0; y < piece.heightPx; y++) {
    for (let x = 0; x < piece.widthPx; x++) {
      sum += Math.abs((photo.bytes[(top + y) * photo.widthPx + left + x] ?? 0) - (piece.bytes[y * piece.widthPx + x] ?? 0));
    }
  }
  return sum / (piece.widthPx * piece.heightPx);
};

/**
 * Where a piece of the screen lies on a photo shown at 100 %, found by comparing pixels: no knowledge of how the app lays it out.
 * @param near the left and top that are expected @param reachPx how far from there is looked
 * @returns left and top of the piece in image pixels @throws when no place fits like a copy, or several do
 */
export const placeOnPhoto = async (photoPath: string, piecePng: Buffer, near: readonly [number, number], reachPx: number): Promise<readonly [number, number]> => {
  const [photo, piece] = await Promise.all([greyOf(photoPath), greyOf(piecePng)]);
  const places: { readonly at: readonly [number, number]; readonly error: number }[] = [];
  for (let top = near[1] - reachPx; top <= near[1] + reachPx; top++) {
    for (let left = near[0] - reachPx; left <= near[0] + reachPx; left++) {
      if (left < 0 || top < 0 || left + piece.widthPx > photo.widthPx || top + piece.heightPx > photo.heightPx) continue;
      places.push({ at: [left, top], error: difference(photo, piece, left, top) });
    }
  }
  const [best, second] = places.sort((one, other) => one.error - other.error);
  // Two decoders of one JPEG differ by a grey level or so; a shift by a pixel differs by more where there is any texture.
  if (best === undefined || best.error > 2) throw new Error(`the screen shows no copy of ${photoPath} (grey levels apart: ${best?.error})`);
  if (second !== undefined && second.error < best.error + 0.2) throw new Error('the place on the photo can not be told: too little texture');
  return best.at;
};
