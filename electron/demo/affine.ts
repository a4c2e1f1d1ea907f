/** A plane map: x' = a x + c y + e, y' = b x + d y + f; continuous coordinates, a pixel's centre at its half. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** A layer's middle goes to a centre, scaled, mirrored, turned (degrees, clockwise on screen). */
export const placement = (
  layer: { readonly widthPx: number; readonly heightPx: number },
  to: { readonly centrePx: readonly [number, number]; readonly scale: number; readonly turnDeg: number; readonly mirrored: boolean },
): Affine => {
  const angle = (to.turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * to.scale, Math.sin(angle) * to.scale];
  const flip = to.mirrored ? -1 : 1;
  const [middleX, middleY] = [layer.widthPx / 2, layer.heightPx / 2];
  return {
    a: cos * flip,
    b: sin * flip,
    c: -sin,
    d: cos,
    e: to.centrePx[0] - cos * flip * middleX + sin * middleY,
    f: to.centrePx[1] - sin * flip * middleX - cos * middleY,
  };
};

/** The part of a picture that begins at (left, top) and is `widthPx` wide fills a frame of that width. */
export const cropTo = (left: number, top: number, widthPx: number, frameWidthPx: number): Affine => {
  const scale = frameWidthPx / widthPx;
  return { a: scale, b: 0, c: 0, d: scale, e: -left * scale, f: -top * scale };
};

export const apply = (map: Affine, x: number, y: number): readonly [number, number] => [map.a * x + map.c * y + map.e, map.b * x + map.d * y + map.f];

export const invert = (map: Affine): Affine => {
  const determinant = map.a * map.d - map.b * map.c;
  const [a, b, c, d] = [map.d / determinant, -map.b / determinant, -map.c / determinant, map.a / determinant];
  return { a, b, c, d, e: -(a * map.e + c * map.f), f: -(b * map.e + d * map.f) };
};
