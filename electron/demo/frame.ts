import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { blur } from './boxBlur.ts';
import { emptyLayer, type Layer, type PlacedLayer } from './layer.ts';
import type { ShadowRecipe } from './recipe.ts';

/** A picture in the making, and beside it how much of each pixel the product is that one sees. */
export class Frame {
  readonly picture: Layer;
  readonly #productShare: Float32Array;

  constructor(widthPx: number, heightPx: number) {
    this.picture = emptyLayer(widthPx, heightPx);
    this.#productShare = new Float32Array(widthPx * heightPx);
  }

  /** Lays something over what is there. @param isProduct whether it counts as product or hides it */
  lay(layer: PlacedLayer, isProduct: boolean, gain: readonly [number, number, number] = [1, 1, 1]): void {
    const target = this.picture.data;
    for (let y = 0; y < layer.heightPx; y++) {
      for (let x = 0; x < layer.widthPx; x++) {
        const from = (y * layer.widthPx + x) * 4;
        const coverage = layer.data[from + 3] as number;
        if (coverage === 0) continue;
        const pixel = (layer.top + y) * this.picture.widthPx + layer.left + x;
        for (let channel = 0; channel < 3; channel++) {
          const lit = Math.min(255 * coverage, (layer.data[from + channel] as number) * (gain[channel] as number));
          target[pixel * 4 + channel] = (target[pixel * 4 + channel] as number) * (1 - coverage) + lit;
        }
        target[pixel * 4 + 3] = (target[pixel * 4 + 3] as number) * (1 - coverage) + coverage;
        this.#productShare[pixel] = (this.#productShare[pixel] as number) * (1 - coverage) + (isProduct ? coverage : 0);
      }
    }
  }

  /** Darkens what is there in the soft shape of a layer that comes next. */
  shade(layer: PlacedLayer, shadow: ShadowRecipe): void {
    const { widthPx, heightPx, data } = this.picture;
    const shape = new Float32Array(widthPx * heightPx);
    const footPx = layer.top + layer.heightPx;
    for (let y = 0; y < heightPx; y++) {
      const sourceY = Math.floor(footPx + (y + 0.5 - shadow.offsetPx[1] - footPx) / shadow.squash) - layer.top;
      if (sourceY < 0 || sourceY >= layer.heightPx) continue;
      for (let x = 0; x < widthPx; x++) {
        const sourceX = x - Math.round(shadow.offsetPx[0]) - layer.left;
        if (sourceX < 0 || sourceX >= layer.widthPx) continue;
        shape[y * widthPx + x] = layer.data[(sourceY * layer.widthPx + sourceX) * 4 + 3] as number;
      }
    }
    blur(shape, widthPx, heightPx, shadow.blurPx);
    for (let index = 0; index < shape.length; index++) {
      const kept = 1 - (shape[index] as number) * shadow.opacity;
      for (let channel = 0; channel < 3; channel++) (data[index * 4 + channel] as number) *= kept;
    }
  }

  /** The true mask: pixels that show product by half or more. */
  truth(): Bitmap {
    const { widthPx, heightPx } = this.picture;
    const data = new Uint8Array(widthPx * heightPx);
    for (let index = 0; index < data.length; index++) data[index] = (this.#productShare[index] as number) >= 0.5 ? 255 : 0;
    return { widthPx, heightPx, data };
  }
}
