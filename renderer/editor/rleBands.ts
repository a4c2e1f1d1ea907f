import { present } from '../../shared/errors/errors.ts';
import { tileRect, tileSizePx, type TileGrid } from '../../shared/edits/tileGrid.ts';
import { runEnd, wordsOf } from '../../shared/mask/runEnd.ts';
import { ByteWriter } from '../../shared/mask/varint.ts';

/**
 * Run-length encoding that remembers, for each band (row of tiles), where the mask changes between outside and inside, counted from the
 * band's first pixel as if the pixel before it were outside. A draft after a stroke scans the bands of that stroke alone.
 */
export class RleBands {
  readonly #grid: TileGrid;
  readonly #changes: (Uint32Array | null)[];

  constructor(grid: TileGrid) {
    this.#grid = grid;
    this.#changes = new Array<Uint32Array | null>(grid.rows).fill(null);
  }

  forget(tileIndex: number): void {
    this.#changes[Math.floor(tileIndex / this.#grid.columns)] = null;
  }

  /** @returns shared/mask/rleBinary.ts's form of all pixels from 128 on */
  encode(readTile: (index: number) => number | Uint8Array): Uint8Array {
    const { widthPx, heightPx, rows } = this.#grid;
    const writer = new ByteWriter();
    writer.varint(widthPx);
    writer.varint(heightPx);
    let runStart = 0;
    /** Whether the last pixel so far is inside: an odd number of changes. */
    let inside = 0;
    const change = (position: number): void => {
      writer.varint(position - runStart);
      runStart = position;
      inside ^= 1;
    };
    for (let row = 0; row < rows; row++) {
      const bandStart = row * tileSizePx * widthPx;
      const changes = (this.#changes[row] ??= this.#scan(row, readTile));
      // The band was scanned as if outside came before it: after inside, a change at its first pixel appears or goes away.
      let next = 0;
      if (inside === 1) {
        if (changes[0] === 0) next = 1;
        else change(bandStart);
      }
      for (; next < changes.length; next++) change(bandStart + (changes[next] as number));
    }
    writer.varint(widthPx * heightPx - runStart);
    return writer.finish();
  }

  #scan(row: number, readTile: (index: number) => number | Uint8Array): Uint32Array {
    const { columns, widthPx } = this.#grid;
    const firstTile = row * columns;
    // Copies of mixed tiles: reading one may drop another from the document's cache when a band is wider than it.
    const tiles = Array.from({ length: columns }, (_, column) => {
      const tile = readTile(firstTile + column);
      return typeof tile === 'number' ? tile >>> 7 : columns > 32 ? tile.slice() : tile;
    });
    const words = tiles.map((tile) => (typeof tile === 'number' ? null : wordsOf(tile)));
    const changes: number[] = [];
    let inside = 0;
    const { heightPx } = tileRect(this.#grid, firstTile);
    if (typeof tiles[0] === 'number' && tiles.every((tile) => tile === tiles[0])) return tiles[0] === 1 ? Uint32Array.of(0) : new Uint32Array(0);
    for (let y = 0; y < heightPx; y++) {
      for (let column = 0; column < columns; column++) {
        const tile = present(tiles[column], 'A tile of the band');
        const base = y * widthPx + column * tileSizePx;
        if (typeof tile === 'number') {
          if (tile !== inside) {
            changes.push(base);
            inside = tile;
          }
          continue;
        }
        const stride = Math.min(tileSizePx, widthPx - column * tileSizePx);
        const start = y * stride;
        const end = start + stride;
        const tileWords = words[column] as Uint32Array;
        for (let index = runEnd(tile, tileWords, start, end, inside); index < end; index = runEnd(tile, tileWords, index, end, inside)) {
          changes.push(base + index - start);
          inside ^= 1;
        }
      }
    }
    return Uint32Array.from(changes);
  }
}
