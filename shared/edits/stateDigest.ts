import type { Edit } from './edit.ts';
import type { EncodedTile } from './tileCodec.ts';
import type { TileState } from './tileState.ts';

/**
 * 64 bits that tell one mask from another: the digests of its tiles, each with its place, xor-ed. An edit changes the digest by the tiles that it
 * changes, so that following it costs what the edit is large and never the mask. Against mistakes, not against malice.
 */
export interface StateDigest {
  readonly high: number;
  readonly low: number;
}

export const sameDigest = (a: StateDigest, b: StateDigest): boolean => a.high === b.high && a.low === b.low;

const mix = (a: number, b: number): number => {
  const mixed = Math.imul(a ^ b, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

/** Two independent multiply-xor walks over the bytes, seeded by the tile's place. Tiles are canonical (tileCodec.ts): equal pixels, equal bytes. */
const tileDigest = (index: number, tile: EncodedTile): StateDigest => {
  let high = mix(0x811c9dc5, index + 1);
  let low = mix(0x2545f491, ~index);
  for (let at = 0; at < tile.length; at++) {
    const byte = tile[at] as number;
    high = Math.imul(high ^ byte, 0x01000193);
    low = Math.imul(low ^ (byte + 0x5f), 0x85ebca6b) ^ (low >>> 13);
  }
  return { high: mix(high, tile.length) >>> 0, low: mix(low, tile.length) >>> 0 };
};

const xor = (a: StateDigest, b: StateDigest): StateDigest => ({ high: (a.high ^ b.high) >>> 0, low: (a.low ^ b.low) >>> 0 });

export const digestOfState = (state: TileState): StateDigest =>
  state.tiles.reduce((digest, tile, index) => xor(digest, tileDigest(index, tile)), { high: state.grid.widthPx, low: state.grid.heightPx } as StateDigest);

/** The digest on the other side of an edit: of the mask after it for the one before, and the other way round. */
export const digestAcross = (digest: StateDigest, edit: Edit): StateDigest =>
  edit.tiles.reduce((sum, { index, before, after }) => xor(sum, xor(tileDigest(index, before), tileDigest(index, after))), digest);
