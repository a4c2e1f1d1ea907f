import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import { emptyLayer, type Layer } from './layer.ts';
import { fillPolygon, type Polygon } from './polygon.ts';

export interface WhiteKeySettings {
  /** How far from white the background may be, 0..255. */
  readonly tolerance: number;
  /** Always the thing, for instance chrome as white as the background. */
  readonly keep?: readonly Polygon[] | undefined;
  /** Points (x, y in turn) in holes of the thing: the background starts there as well as at the border. */
  readonly holes?: readonly number[] | undefined;
}

/** How many pixels an edge may be soft: photos of this kind have none wider. */
const edgeReach = 2;

/**
 * Cuts a thing out of its photo on white. The background is what can be reached from the border (and from `holes`) over pixels close to
 * white, so white inside the thing stays. At the edge a pixel is a mix c = a F + (1 - a) white; with F's darkness taken from the darkest
 * pixel nearby, a follows, and c - (1 - a) white is the colour without the background's share: no white fringe on another background.
 */
export const keyFromWhite = (picture: RgbImage, settings: WhiteKeySettings): Layer => {
  const { widthPx, heightPx, data } = picture;
  const count = widthPx * heightPx;
  const darkness = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    darkness[index] = 255 - Math.min(data[index * 3] as number, data[index * 3 + 1] as number, data[index * 3 + 2] as number);
  }
  const keep = new Float32Array(count);
  for (const polygon of settings.keep ?? []) fillPolygon(keep, widthPx, heightPx, polygon);
  const isOpen = (index: number): boolean => (keep[index] as number) < 0.5 && (darkness[index] as number) <= settings.tolerance;
  const background = floodFromBorder(widthPx, heightPx, isOpen, settings.holes ?? []);

  const edgeAlpha = (x: number, y: number): number => {
    const index = y * widthPx + x;
    let [nearBackground, nearThing, darkest] = [false, false, 0];
    for (let dy = -edgeReach; dy <= edgeReach; dy++) {
      for (let dx = -edgeReach; dx <= edgeReach; dx++) {
        const [nearX, nearY] = [x + dx, y + dy];
        if (nearX < 0 || nearY < 0 || nearX >= widthPx || nearY >= heightPx) continue;
        const near = nearY * widthPx + nearX;
        if (background[near] === 1) nearBackground = true;
        else {
          nearThing = true;
          darkest = Math.max(darkest, darkness[near] as number);
        }
      }
    }
    if ((background[index] === 0 && !nearBackground) || (keep[index] as number) >= 0.5) return 1;
    if (background[index] === 1 && !nearThing) return 0;
    return darkest <= settings.tolerance ? 1 - (background[index] as number) : Math.min(1, (darkness[index] as number) / darkest);
  };

  const layer = emptyLayer(widthPx, heightPx);
  for (let index = 0; index < count; index++) {
    const a = edgeAlpha(index % widthPx, Math.floor(index / widthPx));
    layer.data[index * 4 + 3] = a;
    for (let channel = 0; channel < 3; channel++) {
      layer.data[index * 4 + channel] = Math.min(255 * a, Math.max(0, (data[index * 3 + channel] as number) - (1 - a) * 255));
    }
  }
  return layer;
};

/** 1 where open pixels connect (by edges) to the border or to a seed. */
const floodFromBorder = (widthPx: number, heightPx: number, isOpen: (index: number) => boolean, seeds: readonly number[]): Uint8Array => {
  const reached = new Uint8Array(widthPx * heightPx);
  const queue = new Int32Array(widthPx * heightPx);
  let length = 0;
  const visit = (index: number): void => {
    if (reached[index] === 1 || !isOpen(index)) return;
    reached[index] = 1;
    queue[length++] = index;
  };
  for (let x = 0; x < widthPx; x++) {
    visit(x);
    visit((heightPx - 1) * widthPx + x);
  }
  for (let y = 0; y < heightPx; y++) {
    visit(y * widthPx);
    visit(y * widthPx + widthPx - 1);
  }
  for (let seed = 0; seed + 1 < seeds.length; seed += 2) visit((seeds[seed + 1] as number) * widthPx + (seeds[seed] as number));
  for (let next = 0; next < length; next++) {
    const index = queue[next] as number;
    const x = index % widthPx;
    if (x > 0) visit(index - 1);
    if (x < widthPx - 1) visit(index + 1);
    if (index >= widthPx) visit(index - widthPx);
    if (index < (heightPx - 1) * widthPx) visit(index + widthPx);
  }
  return reached;
};
