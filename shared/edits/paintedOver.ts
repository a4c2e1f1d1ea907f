import { decodeTile, encodeTile, sameTile, type EncodedTile } from './tileCodec.ts';
import { tileAreaPx } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** The given pixels, and where a tile was painted on since, the paint. */
const paintedTile = (given: EncodedTile, before: EncodedTile, now: EncodedTile, areaPx: number): EncodedTile => {
  if (sameTile(before, now)) return given;
  const [was, is, pixels] = [new Uint8Array(areaPx), new Uint8Array(areaPx), new Uint8Array(areaPx)];
  decodeTile(before, was);
  decodeTile(now, is);
  decodeTile(given, pixels);
  for (let index = 0; index < areaPx; index++) if (was[index] !== is[index]) pixels[index] = is[index] as number;
  return encodeTile(pixels);
};

/**
 * A result that was worked out from `before`, under what was painted between `before` and `now`. Three masks of one size. Tiles that nobody painted
 * on are the given ones, unread: the cost is that of the paint.
 */
export const paintedOver = (given: TileState, before: TileState, now: TileState): TileState => ({
  grid: given.grid,
  tiles: given.tiles.map((tile, index) => paintedTile(tile, before.tiles[index] as EncodedTile, now.tiles[index] as EncodedTile, tileAreaPx(given.grid, index))),
});
