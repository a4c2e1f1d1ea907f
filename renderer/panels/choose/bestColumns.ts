/** What a cell has beside its picture: head and foot. */
const chromePx = 84;
/** Cells are no lower than this; more of them scroll. */
const leastCellPx = 200;

/**
 * In how many columns pictures of one shape are shown largest.
 * @param aspect width by height @returns 1..count
 */
export const bestColumns = (count: number, aspect: number, widthPx: number, heightPx: number): number => {
  let best = 1;
  let bestScale = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const roomPx = Math.max(leastCellPx, heightPx / rows) - chromePx;
    const scale = Math.min(widthPx / columns / aspect, roomPx);
    if (scale <= bestScale) continue;
    best = columns;
    bestScale = scale;
  }
  return best;
};
