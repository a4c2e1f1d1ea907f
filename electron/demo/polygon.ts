/** Corners in pixels of the picture; x and y in turn, as a recipe writes them. */
export type Polygon = readonly number[];

const subRows = 8;

/**
 * Coverage of a polygon, 0..1 a pixel: even-odd, exact along x and eight lines a pixel along y.
 * @param coverage is filled up: the union with what it holds already
 */
export const fillPolygon = (coverage: Float32Array, widthPx: number, heightPx: number, polygon: Polygon): void => {
  const corners = polygon.length / 2;
  const row = new Float32Array(widthPx);
  for (let y = 0; y < heightPx; y++) {
    row.fill(0);
    for (let sub = 0; sub < subRows; sub++) {
      const line = y + (sub + 0.5) / subRows;
      const crossings: number[] = [];
      for (let index = 0; index < corners; index++) {
        const next = (index + 1) % corners;
        const [x1, y1, x2, y2] = [polygon[index * 2], polygon[index * 2 + 1], polygon[next * 2], polygon[next * 2 + 1]] as [number, number, number, number];
        if (y1 <= line !== y2 <= line) crossings.push(x1 + ((line - y1) / (y2 - y1)) * (x2 - x1));
      }
      crossings.sort((one, other) => one - other);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        const from = Math.max(0, crossings[pair] as number);
        const to = Math.min(widthPx, crossings[pair + 1] as number);
        for (let x = Math.floor(from); x < to; x++) (row[x] as number) += (Math.min(to, x + 1) - Math.max(from, x)) / subRows;
      }
    }
    for (let x = 0; x < widthPx; x++) {
      const index = y * widthPx + x;
      coverage[index] = Math.max(coverage[index] as number, Math.min(1, row[x] as number));
    }
  }
};

/** A polygon with its corners rounded by Chaikin's corner cutting (1974), twice: hand-set corners of soft things. */
export const rounded = (polygon: Polygon): Polygon => {
  let points: readonly number[] = polygon;
  for (let pass = 0; pass < 2; pass++) {
    const cut: number[] = [];
    for (let index = 0; index < points.length; index += 2) {
      const next = (index + 2) % points.length;
      const [x1, y1, x2, y2] = [points[index], points[index + 1], points[next], points[next + 1]] as [number, number, number, number];
      cut.push(0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2, 0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2);
    }
    points = cut;
  }
  return points;
};
