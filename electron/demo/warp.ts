import { apply, invert, type Affine } from './affine.ts';
import type { Layer, PlacedLayer } from './layer.ts';

/** A camera's or a hand's move while the shutter is open, in frame pixels. */
export type MotionPx = readonly [dx: number, dy: number];

const boundsOf = (layer: Layer, map: Affine, [dx, dy]: MotionPx, clip: { widthPx: number; heightPx: number }) => {
  const corners = [apply(map, 0, 0), apply(map, layer.widthPx, 0), apply(map, 0, layer.heightPx), apply(map, layer.widthPx, layer.heightPx)];
  const [marginX, marginY] = [Math.abs(dx) / 2 + 1, Math.abs(dy) / 2 + 1];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const left = Math.max(0, Math.floor(Math.min(...xs) - marginX));
  const top = Math.max(0, Math.floor(Math.min(...ys) - marginY));
  const right = Math.min(clip.widthPx, Math.ceil(Math.max(...xs) + marginX));
  const bottom = Math.min(clip.heightPx, Math.ceil(Math.max(...ys) + marginY));
  return { left, top, widthPx: Math.max(0, right - left), heightPx: Math.max(0, bottom - top) };
};

/** Where inside a pixel, and where along the motion, the samples of one pixel lie. */
const samplesFor = (map: Affine, [dx, dy]: MotionPx): readonly (readonly [number, number])[] => {
  const lengthPx = Math.hypot(dx, dy);
  if (lengthPx >= 1) {
    const count = Math.max(4, Math.ceil(lengthPx * 0.75));
    return Array.from({ length: count }, (_, index) => {
      const along = (index + 0.5) / count - 0.5;
      return [0.5 + along * dx, 0.5 + along * dy];
    });
  }
  const scale = Math.sqrt(Math.abs(map.a * map.d - map.b * map.c));
  const side = scale >= 1.5 ? 1 : scale >= 0.6 ? 2 : 3;
  return Array.from({ length: side * side }, (_, index) => [((index % side) + 0.5) / side, (Math.floor(index / side) + 0.5) / side]);
};

/**
 * Draws a layer through a map: bilinear samples, several a pixel (more when it shrinks, along the motion when it moves). Outside the
 * layer is nothing, so edges stay soft.
 * @param clip the frame; what falls outside it is not computed
 */
export const warp = (layer: Layer, map: Affine, motionPx: MotionPx, clip: { widthPx: number; heightPx: number }): PlacedLayer => {
  const bounds = boundsOf(layer, map, motionPx, clip);
  const { left, top, widthPx, heightPx } = bounds;
  const inverse = invert(map);
  const samples = samplesFor(map, motionPx);
  const weight = 1 / samples.length;
  const out = new Float32Array(widthPx * heightPx * 4);
  const { data: source, widthPx: sourceWidth, heightPx: sourceHeight } = layer;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = (y * widthPx + x) * 4;
      for (const [offsetX, offsetY] of samples) {
        const [frameX, frameY] = [left + x + offsetX, top + y + offsetY];
        const sourceX = inverse.a * frameX + inverse.c * frameY + inverse.e - 0.5;
        const sourceY = inverse.b * frameX + inverse.d * frameY + inverse.f - 0.5;
        const [cellX, cellY] = [Math.floor(sourceX), Math.floor(sourceY)];
        if (cellX < -1 || cellY < -1 || cellX >= sourceWidth || cellY >= sourceHeight) continue;
        const [shareX, shareY] = [sourceX - cellX, sourceY - cellY];
        for (let corner = 0; corner < 4; corner++) {
          const [cornerX, cornerY] = [cellX + (corner & 1), cellY + (corner >> 1)];
          if (cornerX < 0 || cornerY < 0 || cornerX >= sourceWidth || cornerY >= sourceHeight) continue;
          const share = weight * ((corner & 1) === 0 ? 1 - shareX : shareX) * (corner < 2 ? 1 - shareY : shareY);
          const from = (cornerY * sourceWidth + cornerX) * 4;
          (out[at] as number) += (source[from] as number) * share;
          (out[at + 1] as number) += (source[from + 1] as number) * share;
          (out[at + 2] as number) += (source[from + 2] as number) * share;
          (out[at + 3] as number) += (source[from + 3] as number) * share;
        }
      }
    }
  }
  return { ...bounds, data: out };
};
