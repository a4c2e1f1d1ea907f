import { logitsSidePx, type Candidate } from '../../../shared/prompts/prompt.ts';
import type { ModelFrame } from '../../../shared/prompts/modelFrame.ts';
import type { ImagePlace } from './promptState.ts';

/** An edge between two neighbouring grid places, by the place that it begins at: to the right, or down. */
const edgeOf = (x: number, y: number, isDown: boolean): number => 2 * (y * logitsSidePx + x) + (isDown ? 1 : 0);

/** Which edges of a cell (top, right, bottom, left) the line joins, by which corners are inside: 1 top left, 2 top right, 4 bottom right, 8 bottom left. */
const top = 0;
const right = 1;
const bottom = 2;
const left = 3;
const crossings: readonly (readonly (readonly [number, number])[])[] = [
  [], [[left, top]], [[top, right]], [[left, right]], [[right, bottom]], [[left, top], [right, bottom]], [[top, bottom]], [[left, bottom]],
  [[bottom, left]], [[bottom, top]], [[top, right], [bottom, left]], [[bottom, right]], [[right, left]], [[right, top]], [[top, left]], [],
];

/**
 * Where a candidate's logits are 0, as lines in imagePx: marching squares, straight between two crossings. For a faint outline, not for pixels.
 * @returns lines of at least two places each
 */
export const logitOutline = ({ logits }: Candidate, { logitsScaleX, logitsScaleY, imageWidthPx, imageHeightPx }: ModelFrame): readonly (readonly ImagePlace[])[] => {
  const at = (x: number, y: number): number => logits[y * logitsSidePx + x] as number;
  const columns = Math.min(logitsSidePx, Math.ceil(imageWidthPx * logitsScaleX));
  const rows = Math.min(logitsSidePx, Math.ceil(imageHeightPx * logitsScaleY));
  const next = new Map<number, number>();
  const hasBefore = new Set<number>();
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const inside = (at(x, y) > 0 ? 1 : 0) | (at(x + 1, y) > 0 ? 2 : 0) | (at(x + 1, y + 1) > 0 ? 4 : 0) | (at(x, y + 1) > 0 ? 8 : 0);
      const edges = [edgeOf(x, y, false), edgeOf(x + 1, y, true), edgeOf(x, y + 1, false), edgeOf(x, y, true)];
      for (const [from, to] of crossings[inside] ?? []) {
        next.set(edges[from] as number, edges[to] as number);
        hasBefore.add(edges[to] as number);
      }
    }
  }
  const placeOf = (edge: number): ImagePlace => {
    const isDown = (edge & 1) === 1;
    const cell = edge >> 1;
    const [x, y] = [cell % logitsSidePx, Math.floor(cell / logitsSidePx)];
    const [here, there] = [at(x, y), isDown ? at(x, y + 1) : at(x + 1, y)];
    const share = here / (here - there);
    return { xImagePx: (x + (isDown ? 0 : share) + 0.5) / logitsScaleX, yImagePx: (y + (isDown ? share : 0) + 0.5) / logitsScaleY };
  };
  const follow = (first: number): readonly ImagePlace[] => {
    const line: ImagePlace[] = [placeOf(first)];
    for (let edge = first; ; ) {
      const following = next.get(edge);
      if (following === undefined) return line;
      next.delete(edge);
      line.push(placeOf(following));
      edge = following;
    }
  };
  // Lines that begin at the grid's border first, then what is left: rings.
  const lines = [...next.keys()].filter((edge) => !hasBefore.has(edge)).map(follow);
  for (const edge of [...next.keys()]) if (next.has(edge)) lines.push(follow(edge));
  return lines;
};
