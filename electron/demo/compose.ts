import { present } from '../../shared/errors/errors.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import { letter } from '../imaging/index.ts';
import { cropTo, placement, type Affine } from './affine.ts';
import { blur } from './boxBlur.ts';
import type { Cutout } from './cutout.ts';
import { Frame } from './frame.ts';
import { inkLayer, opaqueLayer, toRgb, type Layer, type PlacedLayer } from './layer.ts';
import type { BackgroundRecipe, ComposedRecipe, LayerRecipe } from './recipe.ts';
import { seededRandom, seedOf } from './seededNoise.ts';
import { warp } from './warp.ts';

/** Photos and cutouts by their names in the recipe. */
export interface DemoParts {
  readonly photo: (name: string) => RgbImage;
  readonly cutout: (name: string) => Cutout;
}

/** A sensor's grain, so that what was pasted and what was there look taken by one camera; its spread in grey levels. */
const grainLevels = 2.2;

const paintPaper = (frame: Frame, top: readonly number[], bottom: readonly number[]): void => {
  const { widthPx, heightPx, data } = frame.picture;
  for (let y = 0; y < heightPx; y++) {
    const share = y / Math.max(1, heightPx - 1);
    const colour = top.map((value, channel) => value * (1 - share) + (bottom[channel] as number) * share);
    for (let x = 0; x < widthPx; x++) data.set([...colour, 1], (y * widthPx + x) * 4);
  }
};

const soften = (layer: Layer, radiusPx: number): void => {
  const channel = new Float32Array(layer.widthPx * layer.heightPx);
  for (let offset = 0; offset < 3; offset++) {
    for (let index = 0; index < channel.length; index++) channel[index] = layer.data[index * 4 + offset] as number;
    blur(channel, layer.widthPx, layer.heightPx, radiusPx);
    for (let index = 0; index < channel.length; index++) layer.data[index * 4 + offset] = channel[index] as number;
  }
};

/** Paints the background; returns how its photo lies in the frame, for scenery in front. */
const paintBackground = (frame: Frame, background: BackgroundRecipe, parts: DemoParts): { map: Affine; motionPx: readonly [number, number] } | null => {
  if ('top' in background) {
    paintPaper(frame, background.top, background.bottom);
    return null;
  }
  const map = cropTo(background.leftPx, background.topPx, background.widthPx, frame.picture.widthPx);
  frame.lay(warp(opaqueLayer(parts.photo(background.photo)), map, background.motionPx, frame.picture), false);
  if (background.softPx > 0) soften(frame.picture, background.softPx);
  return { map, motionPx: background.motionPx };
};

const centred = (layer: Layer, [x, y]: readonly [number, number], clip: Layer): PlacedLayer =>
  warp(layer, placement(layer, { centrePx: [x, y], scale: 1, turnDeg: 0, mirrored: false }), [0, 0], clip);

const layCaption = (frame: Frame, caption: Extract<LayerRecipe, { kind: 'caption' }>): void => {
  const { capHeightPx, centrePx } = caption;
  const text = letter(caption.text, capHeightPx, capHeightPx * 0.17);
  if (caption.style === 'bar') {
    const padPx = Math.round(capHeightPx * 0.7);
    const bar = { widthPx: text.widthPx + 2 * padPx, heightPx: Math.round(capHeightPx * 2.3) };
    const ink = inkLayer({ ...bar, coverage: new Uint8Array(bar.widthPx * bar.heightPx).fill(255) }, [18, 20, 24], 0.82);
    frame.lay(centred(ink, centrePx, frame.picture), false);
  } else {
    const outline = letter(caption.text, capHeightPx, capHeightPx * 0.45);
    frame.lay(centred(inkLayer(outline, [10, 10, 12], 0.9), [centrePx[0], centrePx[1] + capHeightPx * 0.25], frame.picture), false);
  }
  frame.lay(centred(inkLayer(text, [255, 255, 255]), [centrePx[0], centrePx[1] + capHeightPx * 0.25], frame.picture), false);
};

/**
 * Makes one picture of the recipe and its true mask: visible product pixels at half coverage and more. The same recipe gives the same
 * pixels; the grain comes from a number generator seeded by the picture's id.
 */
export const compose = (id: string, sizePx: readonly [number, number], recipe: ComposedRecipe, parts: DemoParts): { picture: RgbImage; truth: Bitmap } => {
  const frame = new Frame(sizePx[0], sizePx[1]);
  const camera = paintBackground(frame, recipe.background, parts);
  for (const layer of recipe.layers) {
    if (layer.kind === 'caption') {
      layCaption(frame, layer);
      continue;
    }
    const cutout = parts.cutout(layer.cutout);
    if (layer.kind === 'scenery') {
      const { map, motionPx } = present(camera, 'the photo behind scenery');
      const shifted = { ...map, e: map.e + map.a * cutout.leftPx, f: map.f + map.d * cutout.topPx };
      frame.lay(warp(cutout.layer, shifted, motionPx, frame.picture), false);
      continue;
    }
    const scale = layer.widthPx / cutout.layer.widthPx;
    const map = placement(cutout.layer, { centrePx: layer.centrePx, scale, turnDeg: layer.turnDeg, mirrored: layer.mirrored });
    const placed = warp(cutout.layer, map, layer.motionPx, frame.picture);
    if (layer.shadow !== undefined) frame.shade(placed, layer.shadow);
    frame.lay(placed, layer.kind === 'product', layer.gain);
  }
  const random = seededRandom(seedOf(id));
  const picture = toRgb(frame.picture, () => (random() + random() - 1) * grainLevels);
  return { picture, truth: frame.truth() };
};
