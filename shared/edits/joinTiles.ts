import { intersectRects, isEmptyRect, type Rect } from '../mask/rect.ts';
import { decodeTile, encodeTile, uniformTile, uniformValue, type EncodedTile } from './tileCodec.ts';
import { tileAreaPx, tileRect, tileSizePx } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** How a shape joins a mask: in its place, in addition, taken from it, or what both have. */
export type TileJoin = 'replace' | 'add' | 'subtract' | 'intersect';

/** A shape somewhere in an image: its pixels (0 or 255, row-major with the rectangle's width as stride), nothing beyond the rectangle. */
export interface PlacedShape {
  /** imagePx */
  readonly rect: Rect;
  readonly data: Uint8Array;
}

const pixelOf = { replace: (_: number, shape: number) => shape, add: (mask: number, shape: number) => mask | shape, subtract: (mask: number, shape: number) => mask & ~shape & 255, intersect: (mask: number, shape: number) => mask & shape };

/** The mask joined with a shape. Tiles that the shape cannot change are the given ones, unread. */
export const joinTiles = (mask: TileState, { rect, data }: PlacedShape, join: TileJoin): TileState => {
  const { grid } = mask;
  const pixels = new Uint8Array(tileSizePx * tileSizePx);
  const shape = new Uint8Array(tileSizePx * tileSizePx);
  const clearsOthers = join === 'replace' || join === 'intersect';
  const combine = pixelOf[join];
  const tiles = mask.tiles.map((tile, index): EncodedTile => {
    const place = tileRect(grid, index);
    const shared = intersectRects(place, rect);
    if (isEmptyRect(shared)) return clearsOthers ? uniformTile(0) : tile;
    const present = uniformValue(tile);
    if ((join === 'add' && present === 255) || ((join === 'subtract' || join === 'intersect') && present === 0)) return tile;
    const areaPx = tileAreaPx(grid, index);
    shape.fill(0, 0, areaPx);
    for (let y = shared.yPx; y < shared.yPx + shared.heightPx; y++) {
      const from = (y - rect.yPx) * rect.widthPx + shared.xPx - rect.xPx;
      shape.set(data.subarray(from, from + shared.widthPx), (y - place.yPx) * place.widthPx + shared.xPx - place.xPx);
    }
    if (join === 'replace') return encodeTile(shape.subarray(0, areaPx));
    decodeTile(tile, pixels.subarray(0, areaPx));
    for (let at = 0; at < areaPx; at++) pixels[at] = combine(pixels[at] as number, shape[at] as number);
    return encodeTile(pixels.subarray(0, areaPx));
  });
  return { grid, tiles };
};
