/**
 * A closed line as x, y, x, y, ... in imagePx, where pixel (i, j) covers [i, i+1) x [j, j+1); the last point is joined to the first. Flat numbers:
 * the outline of a large mask has many thousand corners.
 */
export type Ring = ArrayLike<number>;

export const pointCount = (ring: Ring): number => ring.length >>> 1;

/**
 * The area inside by the shoelace formula, in px², negative for a ring that runs counter-clockwise as seen on the screen (y points down): an
 * outer ring of {@link ringsOfMask}; positive for its holes.
 */
export const signedAreaPx = (ring: Ring): number => {
  const { length } = ring;
  let doubled = 0;
  for (let at = 0; at + 1 < length; at += 2) {
    const next = at + 2 < length ? at + 2 : 0;
    doubled += (ring[at] as number) * (ring[next + 1] as number) - (ring[next] as number) * (ring[at + 1] as number);
  }
  return doubled / 2;
};
