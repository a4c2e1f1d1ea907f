import { present } from '../errors/errors.ts';
import { decodeTile, sameTile, uniformValue, type EncodedTile } from './tileCodec.ts';
import { tileAreaPx, tileSizePx } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** What one mask is larger and smaller than another by, in pixels. */
export interface AreaChange {
  readonly beforePx: number;
  readonly afterPx: number;
  readonly addedPx: number;
  readonly removedPx: number;
}

const areaOfTile = (tile: EncodedTile, pixels: Uint8Array): number => {
  const uniform = uniformValue(tile);
  if (uniform !== null) return uniform === 0 ? 0 : pixels.length;
  decodeTile(tile, pixels);
  let area = 0;
  for (let at = 0; at < pixels.length; at++) area += (pixels[at] as number) >>> 7;
  return area;
};

/** Counts tile by tile; both masks have the same size. Uniform tiles are not decoded, those that both share are counted once. */
export const changeOfTiles = (before: TileState, after: TileState): AreaChange => {
  const [first, second] = [new Uint8Array(tileSizePx * tileSizePx), new Uint8Array(tileSizePx * tileSizePx)];
  let [beforePx, afterPx, addedPx] = [0, 0, 0];
  before.tiles.forEach((tile, index) => {
    const other = present(after.tiles[index], 'A tile of the other mask');
    const tileArea = tileAreaPx(before.grid, index);
    const [was, is] = [first.subarray(0, tileArea), second.subarray(0, tileArea)];
    const area = areaOfTile(tile, was);
    beforePx += area;
    if (sameTile(tile, other)) {
      afterPx += area;
      return;
    }
    const areaAfter = areaOfTile(other, is);
    afterPx += areaAfter;
    if (area === 0) addedPx += areaAfter;
    if (area === 0 || areaAfter === 0) return;
    was.fill(255, 0, area === tileArea ? tileArea : 0);
    is.fill(255, 0, areaAfter === tileArea ? tileArea : 0);
    for (let at = 0; at < tileArea; at++) addedPx += ((is[at] as number) & ~(was[at] as number)) >>> 7;
  });
  return { beforePx, afterPx, addedPx, removedPx: beforePx + addedPx - afterPx };
};
