import type { EdgeMap } from './edgeMap.ts';

/** From every cell the cheapest way to one place, along edges where there are some. */
export interface WireMap extends EdgeMap {
  /** The cell that all ways lead to, as an index of the map. */
  readonly seed: number;
  /** For each cell which neighbour is next on its way: 0..7 as {@link neighbourX}, {@link noWay} for the seed. */
  readonly ways: Uint8Array;
}

export const noWay = 255;

/** East, then clockwise on the screen; the odd ones are diagonal. */
const neighbourX = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const neighbourY = [0, 1, 1, 1, 0, -1, -1, -1] as const;

/** The dearest step over the cheapest: how long a way along an edge may be for the straight one across none. */
const plainCost = 60;
const edgeCost = 2;
const diagonal = Math.SQRT2;
/** No step costs more than this, so that cells that wait are in one of so many lists. */
const longestStep = Math.ceil((plainCost + edgeCost) * diagonal) + 1;

/** What a step into a cell costs, by its strength; straight and diagonal. Squared: half an edge is much less than an edge. */
const costs = (factor: number): Int32Array => Int32Array.from({ length: 256 }, (_, strength) => Math.round((edgeCost + plainCost * (1 - strength / 255) ** 2) * factor));
const straightCosts = costs(1);
const diagonalCosts = costs(diagonal);

/** Cells by what their way costs: lists in a ring, since all that wait lie within one longest step. */
class Waiting {
  readonly #next: Int32Array;
  readonly #first = new Int32Array(longestStep).fill(-1);

  constructor(cells: number) {
    this.#next = new Int32Array(cells).fill(-1);
  }

  add(cell: number, cost: number): void {
    const list = cost % longestStep;
    this.#next[cell] = this.#first[list] as number;
    this.#first[list] = cell;
  }

  /** @returns the list of a cost, whole; it is empty then. Follow it with {@link after} before anything is added */
  take(cost: number): number {
    const list = cost % longestStep;
    const cell = this.#first[list] as number;
    this.#first[list] = -1;
    return cell;
  }

  after(cell: number): number {
    return this.#next[cell] as number;
  }
}

/**
 * Live wire (Mortensen and Barrett 1995, "Intelligent scissors for image composition"): Dijkstra's cheapest ways from one place to all others over
 * the eight neighbours, with a list for each cost instead of a heap. Once made, the wire to any place is read off as fast as it is long.
 * @param isOpen a byte a cell: ways lead through those that are not 0; default: all
 * @throws RangeError for a map without cells
 */
export const wireMap = (edges: EdgeMap, seedXPx: number, seedYPx: number, isOpen?: Uint8Array): WireMap => {
  const { xPx, yPx, stepPx, columns, rows, strengths } = edges;
  const cells = columns * rows;
  if (cells === 0) throw new RangeError('A wire needs a part of the picture');
  const seed = Math.min(rows - 1, Math.max(0, Math.floor((seedYPx - yPx) / stepPx))) * columns + Math.min(columns - 1, Math.max(0, Math.floor((seedXPx - xPx) / stepPx)));
  const ways = new Uint8Array(cells).fill(noWay);
  const reached = new Int32Array(cells).fill(0x7fffffff);
  const isDone = new Uint8Array(cells);
  // A cell waits once for each time that its way got cheaper: places instead of cells, so that lists stay whole.
  const places: number[] = [];
  const waiting = new Waiting(cells * 8);
  let left = 0;
  const wait = (cell: number, cost: number): void => {
    waiting.add(places.length, cost);
    places.push(cell);
    left++;
  };
  reached[seed] = 0;
  wait(seed, 0);
  for (let cost = 0; left > 0; cost++) {
    let place = waiting.take(cost);
    while (place !== -1) {
      const after = waiting.after(place);
      const cell = places[place] as number;
      left--;
      place = after;
      if (isDone[cell] === 1) continue;
      isDone[cell] = 1;
      const x = cell % columns;
      const y = (cell - x) / columns;
      for (let way = 0; way < 8; way++) {
        const nextX = x + (neighbourX[way] as number);
        const nextY = y + (neighbourY[way] as number);
        if (nextX < 0 || nextY < 0 || nextX >= columns || nextY >= rows) continue;
        const next = nextY * columns + nextX;
        if (isDone[next] === 1 || isOpen?.[next] === 0) continue;
        const total = cost + ((way & 1) === 0 ? (straightCosts[strengths[next] as number] as number) : (diagonalCosts[strengths[next] as number] as number));
        if (total >= (reached[next] as number)) continue;
        reached[next] = total;
        ways[next] = way ^ 4;
        wait(next, total);
      }
    }
  }
  return { ...edges, seed, ways };
};

/** The cell of a place, the nearest one for places beyond the map. */
const cellAt = ({ xPx, yPx, stepPx, columns, rows }: EdgeMap, xImagePx: number, yImagePx: number): readonly [column: number, row: number] => [
  Math.min(columns - 1, Math.max(0, Math.floor((xImagePx - xPx) / stepPx))),
  Math.min(rows - 1, Math.max(0, Math.floor((yImagePx - yPx) / stepPx))),
];

/** The wire from the seed to a place as x, y, x, y, ... in imagePx, through the middles of cells, both ends included. */
export const traceWire = (map: WireMap, xImagePx: number, yImagePx: number): Float64Array => {
  const { xPx, yPx, stepPx, columns, ways } = map;
  const [column, row] = cellAt(map, xImagePx, yImagePx);
  const cells: number[] = [];
  for (let cell = row * columns + column; ; ) {
    cells.push(cell);
    const way = ways[cell] as number;
    if (way === noWay) break;
    cell += (neighbourY[way] as number) * columns + (neighbourX[way] as number);
  }
  const wire = new Float64Array(2 * cells.length);
  for (const [index, cell] of cells.entries()) {
    const at = 2 * (cells.length - 1 - index);
    wire[at] = xPx + ((cell % columns) + 0.5) * stepPx;
    wire[at + 1] = yPx + (Math.floor(cell / columns) + 0.5) * stepPx;
  }
  return wire;
};

/**
 * The strongest edge near a place, imagePx; edges farther away count for less. The place itself where there is none.
 * @param radiusPx imagePx
 */
export const snapToEdge = (map: EdgeMap, xImagePx: number, yImagePx: number, radiusPx: number): readonly [xImagePx: number, yImagePx: number] => {
  const [column, row] = cellAt(map, xImagePx, yImagePx);
  const reach = Math.floor(radiusPx / map.stepPx);
  let best = 0;
  let found: readonly [number, number] = [xImagePx, yImagePx];
  for (let y = Math.max(0, row - reach); y <= Math.min(map.rows - 1, row + reach); y++) {
    for (let x = Math.max(0, column - reach); x <= Math.min(map.columns - 1, column + reach); x++) {
      const squared = (x - column) ** 2 + (y - row) ** 2;
      if (squared > reach * reach) continue;
      const value = (map.strengths[y * map.columns + x] as number) * (1 - squared / (2 * reach * reach + 1));
      if (value <= best) continue;
      best = value;
      found = [map.xPx + (x + 0.5) * map.stepPx, map.yPx + (y + 0.5) * map.stepPx];
    }
  }
  return found;
};
