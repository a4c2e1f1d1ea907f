import { BugError } from '../errors/errors.ts';
import { uniformValue, type EncodedTile } from './tileCodec.ts';
import { tileAreaPx, tileCount } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** What became of a mask, in pixels. */
export interface StateDifference {
  readonly addedPx: number;
  readonly removedPx: number;
  /** Inside in both. */
  readonly keptPx: number;
}

/** Goes through a tile's runs without decoding it. */
class Runs {
  readonly #tile: EncodedTile;
  #offset = 1;
  /** Of the run it stands in. */
  isInside: boolean;
  leftPx: number;

  constructor(tile: EncodedTile, areaPx: number) {
    this.#tile = tile;
    const uniform = uniformValue(tile);
    this.isInside = uniform === 255;
    this.leftPx = areaPx;
    if (uniform !== null) return;
    // Stands at the end of a run of no pixels inside: the first that is read is outside.
    this.isInside = true;
    this.leftPx = 0;
    this.#skipEmpty();
  }

  take(countPx: number): void {
    this.leftPx -= countPx;
    this.#skipEmpty();
  }

  #skipEmpty(): void {
    while (this.leftPx === 0 && this.#offset < this.#tile.length) {
      let shift = 0;
      let byte: number;
      do {
        byte = this.#tile[this.#offset++] as number;
        this.leftPx |= (byte & 0x7f) << shift;
        shift += 7;
      } while (byte >= 0x80);
      this.isInside = !this.isInside;
    }
  }
}

const ofTile = (before: EncodedTile, after: EncodedTile, areaPx: number): StateDifference => {
  let [addedPx, removedPx, keptPx] = [0, 0, 0];
  const [a, b] = [new Runs(before, areaPx), new Runs(after, areaPx)];
  for (let restPx = areaPx; restPx > 0; ) {
    const countPx = Math.min(a.leftPx, b.leftPx);
    if (countPx <= 0) throw new BugError('A tile ends before its last pixel');
    if (a.isInside && b.isInside) keptPx += countPx;
    else if (a.isInside) removedPx += countPx;
    else if (b.isInside) addedPx += countPx;
    a.take(countPx);
    b.take(countPx);
    restPx -= countPx;
  }
  return { addedPx, removedPx, keptPx };
};

/**
 * Counts what was added and removed from one mask to another of the same size, along their runs: some milliseconds at 24 MP.
 * @throws BugError for masks of two sizes
 */
export const stateDifference = (before: TileState, after: TileState): StateDifference => {
  const { grid } = before;
  if (grid.widthPx !== after.grid.widthPx || grid.heightPx !== after.grid.heightPx) throw new BugError('Masks of two sizes are compared');
  let [addedPx, removedPx, keptPx] = [0, 0, 0];
  for (let index = 0; index < tileCount(grid); index++) {
    const tile = ofTile(before.tiles[index] as EncodedTile, after.tiles[index] as EncodedTile, tileAreaPx(grid, index));
    addedPx += tile.addedPx;
    removedPx += tile.removedPx;
    keptPx += tile.keptPx;
  }
  return { addedPx, removedPx, keptPx };
};

/** Intersection over union, 0..1; two empty masks are the same: 1. */
export const iouOf = ({ addedPx, removedPx, keptPx }: StateDifference): number => {
  const unionPx = addedPx + removedPx + keptPx;
  return unionPx === 0 ? 1 : keptPx / unionPx;
};
