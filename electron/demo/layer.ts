import type { RgbImage } from '../../shared/ports/imageCodec.ts';

/**
 * A picture with soft edges: four floats a pixel, row-major: red, green, blue (0..255) already multiplied by coverage, and coverage
 * (0..1). Multiplied colours can be averaged, so turning, scaling and blurring make no fringes.
 */
export interface Layer {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** A layer at a place of a frame; parts may lie outside the frame. */
export interface PlacedLayer extends Layer {
  readonly left: number;
  readonly top: number;
}

export const emptyLayer = (widthPx: number, heightPx: number): Layer => ({ widthPx, heightPx, data: new Float32Array(widthPx * heightPx * 4) });

export const opaqueLayer = ({ widthPx, heightPx, data: rgb }: RgbImage): Layer => {
  const layer = emptyLayer(widthPx, heightPx);
  for (let index = 0; index < widthPx * heightPx; index++) {
    layer.data[index * 4] = rgb[index * 3] as number;
    layer.data[index * 4 + 1] = rgb[index * 3 + 1] as number;
    layer.data[index * 4 + 2] = rgb[index * 3 + 2] as number;
    layer.data[index * 4 + 3] = 1;
  }
  return layer;
};

/** Cuts a layer out of a picture. @param coverage 0..1, one a pixel */
export const cutLayer = (picture: RgbImage, coverage: Float32Array): Layer => {
  const layer = opaqueLayer(picture);
  for (let index = 0; index < layer.data.length; index++) (layer.data[index] as number) *= coverage[index >> 2] as number;
  return layer;
};

/** One colour in the shape of ink. @param coverage 0..255 */
export const inkLayer = (
  { widthPx, heightPx, coverage }: { readonly widthPx: number; readonly heightPx: number; readonly coverage: Uint8Array },
  colour: readonly [number, number, number],
  opacity = 1,
): Layer => {
  const layer = emptyLayer(widthPx, heightPx);
  for (let index = 0; index < coverage.length; index++) {
    const share = ((coverage[index] as number) / 255) * opacity;
    layer.data.set([colour[0] * share, colour[1] * share, colour[2] * share, share], index * 4);
  }
  return layer;
};

export const toRgb = ({ widthPx, heightPx, data }: Layer, grain: (index: number) => number = () => 0): RgbImage => {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < widthPx * heightPx; index++) {
    const noise = grain(index);
    for (let channel = 0; channel < 3; channel++) {
      rgb[index * 3 + channel] = Math.min(255, Math.max(0, Math.round((data[index * 4 + channel] as number) + noise)));
    }
  }
  return { widthPx, heightPx, data: rgb };
};
