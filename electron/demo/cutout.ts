import { BugError } from '../../shared/errors/errors.ts';
import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import { blur } from './boxBlur.ts';
import { cutLayer, emptyLayer, type Layer } from './layer.ts';
import { fillPolygon, rounded } from './polygon.ts';
import type { CutoutRecipe } from './recipe.ts';
import { keyFromWhite } from './whiteKey.ts';

/** A thing cut out of a photo: no larger than it needs to be, with its place there. */
export interface Cutout {
  readonly layer: Layer;
  readonly leftPx: number;
  readonly topPx: number;
  readonly photoWidthPx: number;
  readonly photoHeightPx: number;
}

const outlineCoverage = (photo: RgbImage, recipe: CutoutRecipe): Float32Array => {
  const coverage = new Float32Array(photo.widthPx * photo.heightPx);
  for (const outline of recipe.outline ?? []) fillPolygon(coverage, photo.widthPx, photo.heightPx, recipe.round ? rounded(outline) : outline);
  blur(coverage, photo.widthPx, photo.heightPx, recipe.softPx);
  return coverage;
};

/** The key finds the fine edge against white, the outline the one against the thing's own shadow. */
const cut = (photo: RgbImage, recipe: CutoutRecipe): Layer => {
  if (recipe.white === undefined) return cutLayer(photo, outlineCoverage(photo, recipe));
  const keyed = keyFromWhite(photo, recipe.white);
  if (recipe.outline === undefined) return keyed;
  const inside = outlineCoverage(photo, recipe);
  for (let index = 0; index < keyed.data.length; index++) (keyed.data[index] as number) *= inside[index >> 2] as number;
  return keyed;
};

const trimmed = (layer: Layer): Cutout => {
  let [left, top, right, bottom] = [layer.widthPx, layer.heightPx, 0, 0];
  for (let y = 0; y < layer.heightPx; y++) {
    for (let x = 0; x < layer.widthPx; x++) {
      if ((layer.data[(y * layer.widthPx + x) * 4 + 3] as number) < 0.02) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  }
  if (right <= left) throw new BugError('A cutout of the demo recipe is empty');
  const part = emptyLayer(right - left, bottom - top);
  for (let y = top; y < bottom; y++) {
    part.data.set(layer.data.subarray((y * layer.widthPx + left) * 4, (y * layer.widthPx + right) * 4), (y - top) * part.widthPx * 4);
  }
  return { layer: part, leftPx: left, topPx: top, photoWidthPx: layer.widthPx, photoHeightPx: layer.heightPx };
};

export const makeCutout = (photo: RgbImage, recipe: CutoutRecipe): Cutout => trimmed(cut(photo, recipe));

/** The cutout as a mask of its whole photo: inside from half coverage up. */
export const cutoutMask = (cutout: Cutout) => {
  const data = new Uint8Array(cutout.photoWidthPx * cutout.photoHeightPx);
  const { layer } = cutout;
  for (let y = 0; y < layer.heightPx; y++) {
    for (let x = 0; x < layer.widthPx; x++) {
      if ((layer.data[(y * layer.widthPx + x) * 4 + 3] as number) >= 0.5) data[(y + cutout.topPx) * cutout.photoWidthPx + x + cutout.leftPx] = 255;
    }
  }
  return { widthPx: cutout.photoWidthPx, heightPx: cutout.photoHeightPx, data };
};
